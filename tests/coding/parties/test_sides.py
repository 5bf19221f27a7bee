"""Which side a party stands on."""

from __future__ import annotations

import pytest

from dragoman.coding.parties.sides import PUBLIC_KINDS, sides
from dragoman.model.records import ActorRef


def party(id: str, kind: str = "state", country: str | None = None) -> ActorRef:
    return ActorRef(id=id, name=id, kind=kind, country=country, sector=None, text=id, start=0, end=1)


SIDES = [
    ([], set()),
    ([party("ARN", country="ARN")], {"ARN"}),
    ([party("ARN", country="ARN"), party("ARN:MIL", "group", "ARN")], {"ARN"}),
    ([party("ARN", country="ARN"), party("GON", country="GON")], {"ARN", "GON"}),
    ([party("P:bard", "person")], {"P:bard"}),
    ([party("P:bard", "person", "DAL")], {"DAL"}),
    ([party("NATO", "organisation", "IGO")], {"IGO"}),
]


@pytest.mark.parametrize(("parties", "wanted"), SIDES)
def test_the_sides_of_parties(parties, wanted):
    assert sides(parties) == wanted


@pytest.mark.parametrize("kind", ["state", "territory", "organisation", "armed_group"])
def test_states_and_bodies_are_public(kind):
    assert kind in PUBLIC_KINDS


@pytest.mark.parametrize("kind", ["person", "group", "office"])
def test_people_are_not(kind):
    assert kind not in PUBLIC_KINDS
