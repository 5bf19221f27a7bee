"""When: date expressions, what they mean, and which event they belong to."""
