"""Governors: whether one is worth coding by itself, whom it affects, what only states something."""

from __future__ import annotations

import pytest

from dragoman.coding.reading.composition import (
    affected_heads,
    has_each_other,
    is_reciprocal,
    is_worth_coding,
    need_of,
    only_states,
)
from dragoman.knowledge.patterns import Governor

pytestmark = pytest.mark.pipeline


def governor_of(found, rule: str) -> Governor:
    """The governor of this name that the word in brackets sets off."""
    rules = found.coder.book.index["verb", found.word.lemma_.lower()]
    return next(r for _, r in rules if isinstance(r, Governor) and r.rule == rule)


AFFECTED = [
    ("Arnor refused to [receive] the envoy.", ["envoy"]),
    ("Arnor refused to [deal] with Gondor.", ["Gondor"]),
    ("Arnor refused to [sell] ships to Gondor.", ["ships", "Gondor"]),
    ("Arnor refused to [leave].", []),
    ("Arnor refused to [meet] in Bree.", []),
    ("Arnor refused to [pay] for the bridge.", ["bridge"]),
]


@pytest.mark.parametrize(("text", "heads"), AFFECTED)
def test_whom_an_act_would_meet(reading, text, heads):
    assert [t.text for t in affected_heads(reading(text).word)] == heads


STATING = [
    ("Arnor [insisted] that it was right.", True),
    ("Arnor [insisted] that Gondor must leave.", False),
    ("Arnor [demanded] that Gondor leave.", False),
    ("Arnor [demanded] to know how it had happened.", False),
    ("Arnor [urged] Gondor to leave.", False),
    ("Arnor [insisted] that the road is safe.", True),
]


@pytest.mark.parametrize(("text", "stating"), STATING)
def test_what_only_states_something(reading, text, stating):
    found = reading(text)
    rules = found.coder.book.index["verb", found.word.lemma_.lower()]
    rule = next(r for _, r in rules if isinstance(r, Governor) and r.class_name == "demand")
    assert only_states(found.word, rule) is stating


# The governor in brackets; whether it says enough although the act below it is in no rule.
WORTH = [
    ("Arnor [promised] Gondor to paint the bridge.", True),
    ("Arnor [promised] to paint the bridge.", False),
    ("Arnor and Gondor [promised] to paint the bridge.", True),
    ("Arnor [promised] not to paint the bridge.", False),
    ("Arnor [pledged] ten tanks.", True),
    ("Arnor [denied] the report.", True),
    ("Arnor [urged] Gondor to paint the bridge.", True),
]


@pytest.mark.parametrize(("text", "worth"), WORTH)
def test_a_governor_alone(reading, text, worth):
    found = reading(text)
    act = found.matcher.candidate_at(found.word, governed=True)
    assert (act is not None) is worth
    assert act is None or is_worth_coding(act, governor_of(found, act.rule.split("+")[0]))


EACH_OTHER = [
    ("Arnor and Gondor [attacked] each other.", True, True),
    ("Arnor and Gondor [blamed] one another.", True, True),
    ("Arnor [attacked] another town.", True, False),
    ("Arnor [attacked] the other side.", True, False),
    ("Arnor and Gondor [attacked] Bree.", False, False),
    ("Arnor [attacked] each town.", False, False),
]


@pytest.mark.parametrize(("text", "other", "reciprocal"), EACH_OTHER)
def test_each_other(reading, text, other, reciprocal):
    verb = reading(text).word
    assert has_each_other(verb) is other
    assert is_reciprocal(verb) is reciprocal


def test_a_beginning_needs_what_begins(reading):
    found = reading("Arnor [began] bombing Gondor.")
    begin = next(
        r for _, r in found.coder.book.index["verb", "begin"]
        if isinstance(r, Governor) and r.class_name == "begin"
    )  # fmt: skip
    inner = found.matcher.candidate_at(found.token("bombing"), governed=True)
    assert need_of(begin, None) == "any"
    assert need_of(begin, inner) == inner.need
    promise = next(r for _, r in found.coder.book.index["verb", "promise"] if isinstance(r, Governor))
    assert need_of(promise, inner) == "actor"
