"""The codebook, the actors of the world and the lexicon: data files turned into checked objects."""
