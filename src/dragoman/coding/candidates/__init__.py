"""Event candidates and their role fillers: implied recipients, speech acts, accusations made by a label."""
