"""Documents through the whole way, one after another, with failures kept."""
