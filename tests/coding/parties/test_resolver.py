"""From words to parties: names, groups, what only looks like a name."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

# The head in brackets, the ids it stands for.
RESOLVED = [
    ("[Arnor] left.", ["ARN"]),
    ("Arnorian [troops] left.", ["ARN:MIL"]),
    ("The Arnorian [government] left.", ["ARN:GOV"]),
    ("The ambassador of [Dale] left.", ["DAL"]),
    ("The [Uruks] left.", ["URUKS"]),
    ("A [group] of Arnorian lawmakers left.", ["ARN:LEG"]),
    ("[One] of the Gondorian soldiers left.", ["GON:MIL"]),
    ("An [Afghan] stabbed two men in Vienna.", ["AFG:CVL"]),
    ("[Seoul] answered. The [North] was silent.", ["KOR"]),
    ("An [army] left.", ["G:MIL:army"]),
    ("The [road] was long.", []),
    ("All [parties] left.", []),
    ("[Putin] left.", ["P:vladimir-putin"]),
]


@pytest.mark.parametrize(("text", "ids"), RESOLVED)
def test_a_noun_stands_for(reading, text, ids):
    found = reading(text)
    assert [ref.id for ref in found.parties.resolve(found.word, include_possessors=False)] == ids


def test_the_north_and_the_south_of_korea(reading):
    found = reading("Seoul answered on Monday. The [North] was silent, and the [South] waited.")
    north, south = (found.parties.resolve(token) for token in found.asked)
    assert [ref.id for ref in (*north, *south)] == ["PRK", "KOR"]
    other = reading("Gondor answered on Monday. The [North] was silent.")
    assert other.parties.resolve(other.word) == ()


# The surname in brackets, whether it is that of the office holder of the tables.
NAMESAKES = [
    ("Emmanuel Macron arrived. [Macron] praised Germany.", True),
    ("[Macron] praised Germany.", True),
    ("Brigitte Macron arrived. [Macron] praised Germany.", False),
    ("Maria Putin sings in Vienna. [Putin] praised Germany.", False),
    ("President Macron arrived. [Macron] praised Germany.", True),
    ("Linda Merkel runs a bakery. [Merkel] praised France.", False),
]


@pytest.mark.parametrize(("text", "is_known"), NAMESAKES)
def test_a_surname_is_not_a_namesake(reading, text, is_known):
    found = reading(text)
    holders = {"P:emmanuel-macron", "P:vladimir-putin", "P:angela-merkel"}
    ids = {ref.id for ref in found.parties.resolve(found.word, include_possessors=False)}
    assert bool(ids & holders) is is_known


# A name in brackets that is a piece of something else.
NO_PARTY = [
    "They met on [Friday].",
    "[Russian]-backed rebels left.",
    "He wrote on [Twitter] that it rained.",
    "RT [America] closed.",
    "[American] pledged to hire pilots.",
    "It rained in [May].",
]


@pytest.mark.parametrize("text", NO_PARTY)
def test_what_only_looks_like_a_party(reading, text):
    found = reading(text)
    assert found.parties.resolve(found.word, include_possessors=False) == ()


def test_an_owner_is_taken_only_when_asked_for(reading):
    found = reading("Mordor attacked Gondorian [cities].")
    assert [ref.id for ref in found.parties.resolve(found.word)] == ["GON"]
    assert found.parties.resolve(found.word, include_possessors=False) == ()


def test_parties_of_several_heads_are_each_given_once(reading):
    found = reading("[Arnor], [Gondor] and [Arnor] met.")
    assert [ref.id for ref in found.parties.resolve_together(found.asked)] == ["ARN", "GON"]
