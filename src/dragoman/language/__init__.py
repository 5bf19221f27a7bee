"""A Document becomes an annotated one: sentences, parse, quotes, clauses, mentions, coreference."""
