"""The factuality of a predicate: modality, negation, embedding, conditions."""
