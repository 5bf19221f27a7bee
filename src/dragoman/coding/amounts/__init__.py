"""How much and how many: amounts with their units, bound to events."""
