"""Arguments, phrases and subordinate clauses in a dependency parse; independent of parties and rules."""
