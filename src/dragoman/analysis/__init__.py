"""Questions over the record: positions, pledges, disputes, dyads."""
