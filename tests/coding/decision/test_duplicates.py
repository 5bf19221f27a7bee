"""Candidates that say again what another clause of the sentence has said."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.decision.duplicates import is_repetition
from dragoman.model.records import ActorRef

pytestmark = pytest.mark.pipeline

_PARTY = ActorRef(id="", name="", kind="state", country=None, sector=None, text="", start=0, end=0)


def act(event_type, trigger, actors, recipients):
    sides = [
        tuple(msgspec.structs.replace(_PARTY, id=key) for key in keys.split())
        for keys in (actors, recipients)
    ]
    return EventCandidate(
        event_type=event_type, mode=None, rule="x", trigger=trigger, actors=sides[0], recipients=sides[1]
    )


# Two words in brackets; type and parties of the act at the second and of that at the first.
BOMB, BACK = ("ASSAULT", "ARN", "GON"), ("ASSAULT", "GON", "ARN")
CASES = [
    ("Arnor [began] [bombing] Gondor.", BOMB, BOMB, True),
    ("Arnor [bombed] Gondor, and Rohan [bombed] Dale.", ("ASSAULT", "ROH", "DAL"), BOMB, False),
    ("Arnor [bombed] Gondor and Gondor [bombed] Arnor.", BACK, BOMB, True),
    ("Arnor and Gondor [signed] an [agreement].", ("AGREE", "ARN GON", ""), ("SUPPORT", "ARN GON", ""), True),
    ("Arnor [said] Gondor had [attacked].", BACK, ("ACCUSE", "ARN", "GON"), False),
    ("Arnor [attacked] Gondor, [killing] Bard.", ("ASSAULT", "ARN", "DAL"), BOMB, False),
    ("Arnor [attacked] Gondor, [killing] ten.", ("ASSAULT", "ARN", ""), BOMB, True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "second", "first", "repeated"), CASES)
def test_what_is_said_again(reading, text, second, first, repeated):
    one, other = reading(text).asked
    acts = act(second[0], other, *second[1:]), act(first[0], one, *first[1:])
    assert is_repetition(*acts) is repeated
