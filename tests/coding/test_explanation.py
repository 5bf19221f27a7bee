"""Why a sentence was coded as it was."""

from __future__ import annotations

import pytest

from dragoman.coding.explanation import explain

pytestmark = pytest.mark.pipeline


def test_clauses_and_the_rules_tried_on_them(coder):
    found = explain("Arnor attacked Gondor, and Rohan helped Dale.", coder)
    assert [clause.predicate for clause in found.clauses] == ["attacked", "helped"]
    assert found.clauses[0].text == "Arnor attacked Gondor"
    first = found.clauses[0].tried
    assert any(tried.failed is None and tried.word == "attacked" for tried in first)
    failures = [tried.failed for tried in first]
    assert failures == sorted(failures, key=lambda failed: failed is not None)
    assert [event.trigger.text for event in found.events][:1] == ["attacked"]


# Text, the words of a party, its id or why it is nobody.
PARTIES = [
    ("Arnor attacked Gondor.", "Arnor", "ARN"),
    ("Arnor attacked Gondor.", "Gondor", "GON"),
    ("Arnorian troops left.", "Arnorian troops", "ARN:MIL"),
    ("Arnor left. It burned.", "It", "ARN"),
    ("It rained.", "It", "no country or body named before"),
    ("They left.", "They", "no plural named before"),
    ("King Bard and King Eomer met. He left.", "He", "two people named together before"),
]


@pytest.mark.parametrize(("text", "words", "told"), PARTIES)
def test_each_party_or_why_it_is_nobody(coder, text, words, told):
    found = explain(text, coder).parties
    assert told in [id or reason for party, id, reason in found if party == words]


def test_the_events_are_those_that_are_coded(coder):
    text = "Arnor attacked Gondor. Rohan condemned the attack."
    assert explain(text, coder).events == coder.code(text).events
