"""The type of a candidate: codebook rules, composition with governors, the learned typing model."""
