"""What is kept and what is dropped: relevance, non-assertion, repetition; the confidence of what is kept."""
