"""An event is no firmer than the reader holds it."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.firmness import firmness

# Factuality of the clause, what the reader holds of it (None: no reader), factuality of the event.
ROWS = [
    ("certain", None, "certain"),
    ("certain", 1.0, "certain"),
    ("certain", 0.35, "certain"),
    ("certain", 0.34, "possible"),
    ("probable", 0.1, "probable"),  # the clause itself says how firm
    ("unknown", 0.1, "unknown"),
    ("possible", 0.9, "possible"),  # a reader never makes it firmer
]


@pytest.mark.parametrize(("given", "firm", "found"), ROWS)
def test_firmness(made, given: str, firm: float | None, found: str) -> None:
    modality = made.modality(factuality=given, tense="future", conditional=True)
    changed = firmness(modality, None if firm is None else made.reading(firm=firm))
    assert changed.factuality == found
    assert (changed.tense, changed.conditional, changed.polarity) == ("future", True, "positive")
