"""Events as annotations of the tools in which people annotate text, there and back."""
