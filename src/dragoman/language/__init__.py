"""From a Document to an annotated document: sentences, parse, quotes, clauses, mentions, coreference."""
