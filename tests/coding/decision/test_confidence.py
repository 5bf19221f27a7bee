"""The confidence of an event falls with what makes it less sure."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.decision.confidence import confidence_of
from dragoman.coding.factuality.assessment import Modality
from dragoman.model.records import ActorRef


def party(id: str, kind: str, country: str | None) -> ActorRef:
    return ActorRef(id=id, name=id, kind=kind, country=country, sector=None, text=id, start=0, end=1)


ARNOR, GONDOR = party("ARN", "state", "ARN"), party("GON", "state", "GON")
ARMY, BARD = party("ARN:MIL", "group", "ARN"), party("P:bard", "person", None)


def confidence(actors, recipients, strength="sure", factuality="certain") -> float:
    act = EventCandidate(
        event_type="ACCUSE", mode=None, rule="ACCUSE/x", trigger=None, actors=tuple(actors),
        recipients=tuple(recipients), strength=strength,
    )  # fmt: skip
    modality = Modality(factuality, "positive", "past", False, (), "")
    return confidence_of(act, modality)


# The surer case first.
SURER = [
    (([ARNOR], [GONDOR]), ([ARNOR], [BARD])),
    (([ARNOR], [BARD]), ([BARD], [ARMY])),
    (([ARNOR], [GONDOR]), ([ARNOR], [GONDOR], "likely")),
    (([ARNOR], [GONDOR], "likely"), ([ARNOR], [GONDOR], "weak")),
    (([ARNOR], [GONDOR]), ([ARNOR], [GONDOR], "sure", "probable")),
    (([ARNOR, GONDOR], []), ([ARNOR], [])),
]


@pytest.mark.parametrize(("surer", "less"), SURER)
def test_what_is_surer(surer, less):
    assert 0 < confidence(*less) < confidence(*surer) <= 1
