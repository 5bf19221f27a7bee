"""An annotated document becomes events and attributions, each with its evidence."""
