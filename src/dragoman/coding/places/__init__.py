"""Place names, their disambiguation, and their attachment to events."""
