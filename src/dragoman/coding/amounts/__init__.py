"""Amounts with their units, and their attachment to events."""
