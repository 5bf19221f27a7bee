"""Export and import of events as annotations of annotation tools."""
