"""What an event is about: issues in the report's words, and contexts."""
