"""Which candidates are looked at, and the chance of each among the others."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.ranking import (
    LEAST_ODDS,
    is_plain_saying,
    likely_candidates,
    ranked_candidates,
)
from dragoman.knowledge.reporting import load_reporting

pytestmark = pytest.mark.pipeline

# The cue in brackets: is one of its candidates a plain saying?
PLAIN = [
    ("Arnor [said] it had closed the border.", True),
    ("The bridge is lost, Arnor [said].", True),
    ("[According] to Arnor, the bridge is lost.", True),
    ("Arnor [closed] the border.", False),
    ("Arnor [saw] that the border was closed.", False),
    ("Arnor [wants] a truce.", False),
    ("Arnor has [reportedly] closed the border.", False),
]


@pytest.mark.parametrize(("text", "is_plain"), PLAIN)
def test_a_plain_saying(reading, text, is_plain):
    found = reading(text)
    assert any(is_plain_saying(c) for c in candidates(found.annotated) if c.cue == found.word) is is_plain


def test_the_hopeless_are_left_out_but_no_plain_saying(reading):
    annotated = reading("Arnor said it had closed the border at dawn. Gondor painted the bridge.").annotated
    found, odds = likely_candidates(annotated, load_reporting())
    assert len(found) == len(odds)
    assert all(o >= LEAST_ODDS or is_plain_saying(c) for c, o in zip(found, odds, strict=True))
    assert len(found) < len(list(candidates(annotated)))
    assert "said" in {c.cue.text for c in found}


def test_a_saying_has_a_better_chance_than_an_act(reading):
    annotated = reading("Arnor said it had closed the border. Gondor painted the bridge.").annotated
    chances = [(chance, c.cue.text) for chance, c in ranked_candidates(annotated, load_reporting())]
    assert max(chances)[1] == "said"
    assert max(chances)[0] > 0.5
    assert all(0.0 <= chance <= 1.0 for chance, _ in chances)
    assert all(chance < 0.5 for chance, cue in chances if cue == "painted")


def test_a_text_without_candidates_has_none(reading):
    assert list(ranked_candidates(reading("Rain.").annotated, load_reporting())) == []
