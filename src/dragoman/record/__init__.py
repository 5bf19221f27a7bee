"""Storage of documents, events, attributions, failures and runs in one SQLite file; all SQL is here."""
