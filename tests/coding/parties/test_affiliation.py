"""Whose people or thing a noun phrase names."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

# The head of a noun phrase in brackets, whose it is by country or id.
OWNED = [
    ("Arnorian [troops] left.", ["ARN"]),
    ("Arnor's [army] left.", ["ARN"]),
    ("The [army] of Arnor left.", ["ARN"]),
    ("The [ambassador] of Dale to Gondor left.", ["DAL"]),
    ("An [envoy] from Dale left.", ["DAL"]),
    ("The Arnorian [ambassador] to Gondor left.", ["ARN"]),
    ("A [critic] of Gondor left.", []),
    ("[Soldiers] from the Arnorian army left.", ["ARN"]),
    ("[Workers] at the Gondorian embassy left.", ["GON"]),
    ("Gondor expelled [diplomats] from Arnor.", ["ARN"]),
    ("Gondor sent its [troops].", ["GON"]),
    ("[Troops] on the border with Rohan left.", []),
    ("The [spokesman] for Arnor's government left.", ["ARN"]),
]


@pytest.mark.parametrize(("text", "owners"), OWNED)
def test_whose_people_they_are(reading, sides_of, text, owners):
    found = reading(text)
    refs = found.parties.resolve(found.word, include_possessors=False)
    assert sides_of(ref for ref in refs if ref.country) == owners


# The head of a thing in brackets, whose it is.
THINGS = [
    ("Mordor attacked Arnorian [cities].", ["ARN"]),
    ("Mordor attacked Gondor's [border].", ["GON"]),
    ("The [border] with Rohan was closed.", ["ROH"]),
    ("Mordor closed the [road].", []),
    ("Mordor signed a [treaty] with Gondor.", ["GON"]),
    ("Dale praised the [offer] from the Gondorian authorities.", ["GON"]),
    ("Mordor seized the [capital] of Gondor.", ["GON"]),
    ("Police cleared the Paris [attacks].", []),
]


@pytest.mark.parametrize(("text", "owners"), THINGS)
def test_whose_thing_it_is(reading, sides_of, text, owners):
    found = reading(text)
    assert sides_of(found.parties.resolve(found.word)) == owners
    assert [r for r in found.parties.resolve(found.word, include_possessors=False) if r.country] == []
