"""Topics of events: issues in the report's words, and contexts."""
