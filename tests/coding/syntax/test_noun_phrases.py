"""Inside a noun phrase: what is joined to it, whose it is, what stands before and behind it."""

from __future__ import annotations

import pytest

from dragoman.coding.syntax.noun_phrases import coordinated, counted, modifiers, possessors, prepositions

pytestmark = pytest.mark.pipeline

JOINED = [
    ("[Arnor] and Gondor met.", ["Arnor", "Gondor"]),
    ("[Arnor], Gondor and Rohan met.", ["Arnor", "Gondor", "Rohan"]),
    ("[Arnor] met Gondor.", ["Arnor"]),
    ("[Arnor] or Gondor will pay.", ["Arnor", "Gondor"]),
    ("Mordor attacked [Arnor] and left.", ["Arnor"]),
    ("Talks with [Arnor] and Gondor failed.", ["Arnor", "Gondor"]),
]


@pytest.mark.parametrize(("text", "heads"), JOINED)
def test_what_is_joined(reading, text, heads):
    assert [t.text for t in coordinated(reading(text).word)] == heads


BEHIND = [
    ("Arnor [met] with Gondor in Bree.", [("with", "Gondor"), ("in", "Bree")]),
    ("Arnor drove Gondor [out] of Bree.", [("of", "Bree")]),
    ("The [treaty] with Gondor and Rohan failed.", [("with", "Gondor"), ("with", "Rohan")]),
    ("The [treaty] failed.", []),
    ("Gondor [left], according to an envoy.", []),
    ("Gondor was [attacked] by Mordor.", [("by", "Mordor")]),
    ("[Talks] between Arnor and Gondor failed.", [("between", "Arnor"), ("between", "Gondor")]),
]


@pytest.mark.parametrize(("text", "pairs"), BEHIND)
def test_prepositional_phrases(reading, text, pairs):
    assert [(word, noun.text) for word, noun in prepositions(reading(text).word)] == pairs


WHOSE = [
    ("Arnor's [demand] failed.", ["Arnor"]),
    ("Its [demand] failed.", ["Its"]),
    ("The [demand] failed.", []),
    pytest.param(
        "Arnor and Gondor's [demands] failed.",
        ["Arnor", "Gondor"],
        marks=pytest.mark.xfail(reason="the first of two joined possessors is parsed as the subject"),
    ),
    ("My [demand] failed.", ["My"]),
    ("The Arnorian [demand] failed.", []),
]


@pytest.mark.parametrize(("text", "heads"), WHOSE)
def test_possessors(reading, text, heads):
    assert [t.text for t in possessors(reading(text).word)] == heads


BEFORE = [
    ("Arnorian [troops] left.", ["Arnorian"]),
    ("Elite Arnorian [troops] left.", ["Elite", "Arnorian"]),
    ("The [troops] left.", []),
    ("Arnor's [troops] left.", []),
    ("The foreign ministry [spokesman] left.", ["ministry", "foreign"]),
    ("[Troops] of Arnor left.", []),
]


@pytest.mark.parametrize(("text", "words"), BEFORE)
def test_modifiers(reading, text, words):
    assert sorted(t.text for t in modifiers(reading(text).word)) == sorted(words)


COUNTED = [
    ("Arnor lifted [some] of its restrictions.", ["some", "restrictions"]),
    ("Arnor lifted its [restrictions].", ["restrictions"]),
    ("Arnor sent [dozens] of soldiers.", ["dozens", "soldiers"]),
    ("Arnor sent [soldiers] to Bree.", ["soldiers"]),
    ("Arnor sent a [package] of aid.", ["package", "aid"]),
    ("Arnor lifted [all] of the bans on Bree.", ["all", "bans"]),
]


@pytest.mark.parametrize(("text", "words"), COUNTED)
def test_what_is_only_counted(reading, text, words):
    assert [t.text for t in counted([reading(text).word])] == words
