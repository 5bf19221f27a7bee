"""Which actors a noun phrase stands for: names, affiliation, anaphora, names in no list."""
