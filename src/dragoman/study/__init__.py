"""Validation of a record for a publication: samples, agreement of judges, precision, recall."""
