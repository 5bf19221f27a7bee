"""Event types of candidates: codebook rules, composition with governors, the learned typing model."""
