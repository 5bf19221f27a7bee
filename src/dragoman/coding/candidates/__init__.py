"""Event candidates and their role fillers: implied recipients, speech acts, accusations by labelling."""
