"""Web pages and the JSON API. All text from reports is escaped."""
