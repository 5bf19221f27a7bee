"""One SQLite file keeps documents, events, attributions, failures and runs. The only SQL."""
