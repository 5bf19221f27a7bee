"""How firmly an event is told, by its clause and by the reader."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.firmness import firmness

# Factuality of the clause, whether it stands in an if, what the reader holds of it (None: no reader),
# factuality of the event.
ROWS = [
    ("certain", False, None, "certain"),
    ("certain", False, 1.0, "certain"),
    ("certain", False, 0.35, "certain"),
    ("certain", False, 0.34, "possible"),
    ("certain", True, 0.34, "possible"),
    ("probable", False, None, "probable"),
    ("probable", False, 0.8, "certain"),  # a threat made, what somebody says has happened
    ("probable", False, 0.79, "probable"),
    ("probable", True, 0.9, "probable"),  # an if stays one
    ("probable", False, 0.1, "probable"),
    ("possible", False, 1.0, "possible"),  # what only may be stays so
    ("unknown", False, 1.0, "unknown"),
]


@pytest.mark.parametrize(("given", "conditional", "firm", "found"), ROWS)
def test_firmness(made, given: str, conditional: bool, firm: float | None, found: str) -> None:
    modality = made.modality(factuality=given, tense="future", conditional=conditional)
    changed = firmness(modality, None if firm is None else made.reading(firm=firm))
    assert changed.factuality == found
    assert (changed.tense, changed.conditional, changed.polarity) == ("future", conditional, "positive")
