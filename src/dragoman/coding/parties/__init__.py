"""Resolution of noun phrases to actors: names, affiliation, anaphora, unlisted names."""
