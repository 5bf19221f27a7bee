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


# Text, a word of it on which a rule holds, why no event comes of it.
DROPS = [
    ("Arnor may attack Gondor.", "attack", "only possible: modal may"),
    ("Arnor could help Gondor.", "help", "only possible: modal could"),
    ("Arnor should attack Gondor.", "attack", "modal should"),
    ("Arnor wants to attack Gondor.", "attack", "hope: wants"),
    ("Has Arnor attacked Gondor?", "attacked", "a question"),
    ("Will Arnor invade Gondor?", "invade", "a question"),
    ("Arnor never attacked Gondor.", "attacked", "negated; firmly so"),
    ("Arnor attacked Arnor.", "attacked", "one and the same"),
    ("The Arnorian government threatened Arnor.", "threatened", "own act"),
    ("Arnor would have attacked Gondor.", "attacked", "what never was"),
    ("Arnor avoided criticizing Gondor.", "criticizing", "avoided"),
    ("Arnor threatened to attack Gondor.", "attack", "part of the event of 'threatened'"),
    ("In the film Arnor invaded Gondor.", "invaded", "fiction"),
    ("The men attacked.", "attacked", "parties"),
]


@pytest.mark.parametrize(("text", "word", "reason"), DROPS)
def test_every_word_with_a_rule_and_no_event_has_its_reason(coder, text, word, reason):
    found = {drop.word: drop.reason for drop in explain(text, coder).drops}
    assert reason in found.get(word, "no reason"), found


def test_no_word_on_which_a_rule_held_is_left_without_a_word(coder):
    """Rules that held, minus events and drops: nothing."""
    for text, _, _ in DROPS:
        found = explain(text, coder)
        held = {tried.word for clause in found.clauses for tried in clause.tried if tried.failed is None}
        told = {drop.word for drop in found.drops} | {event.trigger.text for event in found.events}
        assert held <= told, (text, held - told)
