"""The codebook, the known actors and the lexicon: data files loaded as validated objects."""
