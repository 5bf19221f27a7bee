"""Decisions on what is kept: relevance, non-assertion, repetition; and the confidence of what is kept."""
