"""The command line: the only part that prints, asks or exits."""
