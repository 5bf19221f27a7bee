"""What the words above a predicate leave of it, composed from the top down."""

from __future__ import annotations

import pytest

from dragoman.coding.factuality.projection import Reading, read

pytestmark = pytest.mark.pipeline

# The predicate in brackets; strength, sign, whether it stands in an if.
LEFT = [
    ("Gondor [attacked] Rohan.", 3, 1, False),
    ("Gondor failed to [attack] Rohan.", 3, -1, False),
    ("Gondor did not fail to [attack] Rohan.", 3, 1, False),
    ("Gondor managed to [attack] Rohan.", 3, 1, False),
    ("Gondor did not manage to [attack] Rohan.", 3, -1, False),
    ("If Gondor [invades] Rohan, Dale will help.", 0, 1, True),
    ("If Gondor invades Rohan, Dale will [help].", 1, 1, True),
    ("Dale will [help] if Gondor invades Rohan.", 1, 1, True),
    ("Gondor asked whether Mordor had [attacked].", 0, 1, False),
    ("Did Gondor [attack] Rohan?", 0, 1, False),
    ("Gondor was forced to [leave].", 3, 1, False),
    ("Please [leave] Bree at once!", 0, 1, False),
]


@pytest.mark.parametrize(("text", "strength", "sign", "conditional"), LEFT)
def test_what_is_left_of_a_predicate(reading, coder, text, strength, sign, conditional):
    found = read(reading(text).word, coder.modality)
    assert (found.strength, found.sign, found.conditional) == (strength, sign, conditional)


TENSES = [
    ("Gondor will [attack] Rohan.", "future"),
    ("Gondor [attacked] Rohan.", "past"),
    ("Gondor promised to [attack] Rohan.", "future"),
    ("Gondor said it would [attack] Rohan.", "future"),
    ("Gondor is [attacking] Rohan.", "present"),
    ("Gondor managed to [attack] Rohan.", "past"),
]


@pytest.mark.parametrize(("text", "tense"), TENSES)
def test_the_tense_comes_from_above(reading, coder, text, tense):
    assert read(reading(text).word, coder.modality).tense == tense


def test_reasons_are_told_innermost_first(reading, coder):
    found = read(reading("Gondor may have failed to [attack] Rohan.").word, coder.modality)
    assert "fail" in found.reasons[0]
    assert found.reasons[-1] == "modal may"


def test_an_endless_chain_is_given_up(reading, coder):
    assert read(reading("Gondor did not [attack] Rohan.").word, coder.modality, depth=26) == Reading()
