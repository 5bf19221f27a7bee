"""How firmly the text holds an event: what has a doer of its own is presupposed."""

from __future__ import annotations

import pytest

from dragoman.coding.factuality.event_modality import assess_event, is_absolute

pytestmark = pytest.mark.pipeline

# The trigger in brackets; factuality, polarity, tense.
ASSESSED = [
    ("Gondor [attacked] Dale.", "certain", "positive", "past"),
    ("Gondor must stop its [attacks] on Dale.", "certain", "positive", "present"),
    ("Gondor took the opportunity to [thank] Dale.", "certain", "positive", "past"),
    ("Gondor used the occasion to [thank] Dale.", "certain", "positive", "past"),
    ("Gondor did not take the opportunity to [thank] Dale.", "certain", "negative", "past"),
    ("Gondor wants to [thank] Dale.", "possible", "positive", "future"),
    ("With Gondor [attacking] Bree, Dale may flee.", "certain", "positive", "future"),
]


@pytest.mark.parametrize(("text", "factuality", "polarity", "tense"), ASSESSED)
def test_how_firmly_an_event_is_held(reading, text, factuality, polarity, tense):
    found = reading(text)
    modality = assess_event(found.word, found.annotated, lexicon=found.coder.modality)
    assert (modality.factuality, modality.polarity, modality.tense) == (factuality, polarity, tense)


@pytest.mark.parametrize(
    ("text", "absolute"),
    [
        ("With Gondor [attacking] Bree, Dale may flee.", True),
        ("By [massing] troops, Gondor scared Dale.", False),
        ("Gondor is [massing] troops.", False),
    ],
)
def test_a_clause_behind_with_that_has_a_subject(reading, text, absolute):
    assert is_absolute(reading(text).word) is absolute
