"""Clauses below a predicate: what it governs, and what for."""

from __future__ import annotations

import pytest

from dragoman.coding.syntax.subordination import complements, purposes, stands_alone

pytestmark = pytest.mark.pipeline

GOVERNED = [
    ("Arnor [promised] to help Gondor.", ["help"]),
    ("Arnor [said] that Gondor had left.", ["left"]),
    ("Arnor [accused] Gondor of killing Bard.", ["killing"]),
    ("Arnor [urged] Gondor to leave.", ["leave"]),
    ("Arnor's [pledge] to withdraw was late.", ["withdraw"]),
    ("Arnor [attacked] Gondor after leaving Bree.", []),
    ("Arnor [attacked] Gondor.", []),
    ("Arnor [attacked] Gondor, killing ten men.", []),
]


@pytest.mark.parametrize(("text", "heads"), GOVERNED)
def test_the_clauses_below(reading, text, heads):
    assert [t.text for t in complements(reading(text).word)] == heads


ALONE = [
    ("Arnor [left], Gondor asked nothing.", True),
    ("Arnor had [left], Gondor said.", False),
    ("Gondor said Arnor had [left].", False),
    ("Gondor [left].", False),
    ("Gondor wants to [leave].", False),
]


@pytest.mark.parametrize(("text", "alone"), ALONE)
def test_a_clause_that_is_no_content(reading, text, alone):
    assert stands_alone(reading(text).word) is alone


WHAT_FOR = [
    ("Arnor [sent] tents to help Rohan.", ["help"]),
    ("Arnor [left] to help Rohan.", ["help"]),
    ("Arnor [sent] tents.", []),
    ("Arnor [said] Gondor had left.", []),
    ("Arnor [deployed] ships to deter Umbar.", ["deter"]),
    ("Arnor [sent] tents because Rohan asked.", []),
]


@pytest.mark.parametrize(("text", "heads"), WHAT_FOR)
def test_the_purposes(reading, text, heads):
    assert [t.text for t in purposes(reading(text).word)] == heads
