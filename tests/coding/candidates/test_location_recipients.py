"""Recipients told by where an act is done."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.location_recipients import acts_abroad, states_at, visited
from dragoman.model.records import ActorRef

pytestmark = pytest.mark.pipeline

# Who acts in angle brackets, the verb in square ones, the states it reaches.
VISITS = [
    ("<Russia> [visited] Munich.", ["DEU"]),
    ("The Russian <minister> [travelled] to Munich.", ["DEU"]),
    ("<Germany> [visited] Munich.", []),
    ("A <singer> [visited] Munich.", []),
    ("<Russia> [visited] the museum.", []),
    ("The Russian <army> [visited] Munich.", ["DEU"]),
]


@pytest.mark.parametrize(("text", "states"), VISITS)
def test_a_town_that_is_visited(reading, sides_of, text, states):
    found = reading(text)
    assert sides_of(visited(found.word, found.wanted(), found.parties)) == states


REACHED = [
    ("<Russia> [bombed] Kharkiv.", False, ["UKR"]),
    ("<Russia> [bombed] villages in Ukraine.", False, ["UKR"]),
    ("<Russia> [launched] drones at Odesa.", False, ["UKR"]),
    ("<Russia> [bombed] villages in Russia.", False, []),
    ("<France> [built] schools in Mali.", True, ["MLI"]),
    ("<Arnor> [donated] tents to assist Rohan.", True, ["ROH"]),
    ("<Arnor> [donated] tents to assist Rohan.", False, []),
    ("<Arnor> [built] schools.", True, []),
]


@pytest.mark.parametrize(("text", "helping", "states"), REACHED)
def test_the_states_that_aid_and_force_reach(reading, sides_of, text, helping, states):
    found = reading(text)
    reached = states_at(found.word, found.wanted(), found.parties, helping=helping)
    assert sides_of(reached) == states


ABROAD = [
    ("state", "ARN", None, True),
    ("organisation", None, "IGO", True),
    ("armed_group", "MOR", None, True),
    ("group", "ARN", "MIL", True),
    ("group", None, "UAF", True),
    ("group", "ARN", "CVL", False),
    ("person", None, None, False),
    ("person", "ARN", "GOV", True),
    ("group", None, "MIL", False),
]


@pytest.mark.parametrize(("kind", "country", "sector", "abroad"), ABROAD)
def test_whose_acts_reach_a_state(kind, country, sector, abroad):
    ref = ActorRef(id="x", name="x", kind=kind, country=country, sector=sector, text="x", start=0, end=1)
    assert acts_abroad(ref) is abroad
