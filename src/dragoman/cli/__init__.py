"""Command line: the only part that prints, prompts or exits."""
