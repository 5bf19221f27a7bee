"""What one clause says was done: mutual acts, and an act made another type."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.event_candidate import EventCandidate, as_type
from dragoman.model.records import ActorRef


def party(id: str) -> ActorRef:
    return ActorRef(id=id, name=id, kind="state", country=id, sector=None, text=id, start=0, end=3)


def act(actors: list[str], recipients: list[str], **fields) -> EventCandidate:
    given = {"event_type": "AGREE", "mode": None, "rule": "AGREE/x", "trigger": None}
    return EventCandidate(
        actors=tuple(map(party, actors)), recipients=tuple(map(party, recipients)), **given | fields
    )


MUTUAL = [
    (["ARN", "GON"], [], True),
    (["ARN", "GON"], ["ROH"], False),
    (["ARN"], [], False),
    (["ARN", "ARN"], [], False),
    ([], [], False),
    ([], ["ARN"], False),
    (["ARN", "GON", "ROH"], [], True),
]


@pytest.mark.parametrize(("actors", "recipients", "mutual"), MUTUAL)
def test_a_mutual_act_has_two_actors_and_no_recipient(actors, recipients, mutual):
    assert act(actors, recipients).is_mutual is mutual


def test_an_act_as_another_type_keeps_its_parties():
    before = act(["ARN"], ["GON"], cameo="12", mode="assist", strength="likely")
    after = as_type(before, "REJECT", "meet", "composition/negated")
    assert (after.event_type, after.mode, after.cameo) == ("REJECT", "meet", None)
    assert after.rule == "composition/negated+AGREE/x"
    assert (after.actors, after.recipients, after.strength) == (before.actors, before.recipients, "likely")
