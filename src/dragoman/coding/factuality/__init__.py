"""How firmly a text holds a predicate: modality, negation, embedding, conditions."""
