"""Date expressions, their resolution to calendar days, and their attachment to events."""
