"""Analyses of the record: positions, pledges, disputes, dyads."""
