"""Pages people read. Everything from a report is escaped."""
