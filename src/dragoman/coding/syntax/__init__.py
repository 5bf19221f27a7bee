"""Arguments, phrases and subordinate clauses in a dependency parse; nothing here knows a party or a rule."""
