"""Running documents through the whole pipeline, with failures recorded."""
