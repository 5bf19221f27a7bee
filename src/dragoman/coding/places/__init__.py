"""Where: place names, disambiguation, and which event they belong to."""
