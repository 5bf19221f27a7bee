"""The gate that every proposal passes before it becomes an event: never the opposite of the text."""
