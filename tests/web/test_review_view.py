"""What a reviewer may see of the readings of an event."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.web.review_view import latest_decision, standing_of
from dragoman.web.verdict_words import reading_words


@pytest.fixture
def reading(quick_code):
    (event,) = quick_code(Document(id="a", text="Arnor attacked Gondor.")).events

    def make(number: int, reader: str, kind: str = "person", verdict: str = "accept", **more) -> EventReading:
        return EventReading(
            id=number, document_id="a", reader=reader, kind=kind, made_at=dt.datetime(2022, 2, 1, 0, number),
            verdict=verdict, event_id=event.id, event_type=event.event_type,
            trigger_start=event.trigger.start, trigger_end=event.trigger.end,
            event=more.pop("event", event if verdict in ("edit", "add") else None), **more,
        )  # fmt: skip

    return make


# Readings (number, reader, kind), who looks; the own one, those of others, the decision, what was seen.
STANDINGS = [
    ([], "anna", None, [], None, 0),
    ([(1, "ben", "person")], "anna", None, [], None, 0),
    ([(1, "ben", "person"), (2, "boss", "adjudicator")], "anna", None, [], None, 0),
    ([(1, "anna", "person")], "anna", 1, [], None, 1),
    ([(1, "anna", "person"), (2, "anna", "person")], "anna", 2, [], None, 2),
    ([(1, "anna", "person"), (2, "ben", "person")], "anna", 1, [2], None, 1),
    ([(1, "ben", "person"), (2, "ben", "person"), (3, "anna", "person")], "anna", 3, [2], None, 3),
    ([(1, "anna", "person"), (2, "gpt", "model"), (3, "ben", "person")], "anna", 1, [2, 3], None, 1),
    ([(1, "anna", "person"), (2, "boss", "adjudicator")], "anna", 1, [], 2, 1),
    ([(1, "anna", "person"), (2, "b", "adjudicator"), (3, "b", "adjudicator")], "anna", 1, [], 3, 1),
    # A decision under the own name is no verdict of the reviewer, but was seen.
    ([(1, "anna", "adjudicator")], "anna", None, [], None, 1),
]


@pytest.mark.parametrize(("given", "reader", "own", "others", "decided", "seen"), STANDINGS)
def test_standing(reading, given, reader: str, own, others: list[int], decided, seen: int) -> None:
    found = standing_of([reading(*each) for each in given], reader)
    assert (found.own and found.own.id, sorted(each.id for each in found.others)) == (own, others)
    assert (found.decided and found.decided.id, found.seen) == (decided, seen)


def test_the_latest_decision(reading) -> None:
    assert latest_decision([]) is None
    assert latest_decision([reading(1, "a")]) is None
    rows = [reading(1, "a", "adjudicator"), reading(2, "b", "adjudicator"), reading(3, "c")]
    assert latest_decision(rows).id == 2


@pytest.mark.parametrize(
    ("verdict", "words"), [("accept", "accepted"), ("reject", "rejected"), ("add", "added")]
)
def test_a_verdict_in_words(reading, verdict: str, words: str) -> None:
    assert reading_words(reading(1, "a", verdict=verdict)) == words


def test_an_edit_says_what_was_changed(reading) -> None:
    edited = reading(1, "a", verdict="edit", changed=("event_type", "speaker"))
    told = reading_words(edited)
    assert told.startswith("edited: ")
    assert "ASSAULT" in told
    assert "none" in told
    assert reading_words(msgspec.structs.replace(edited, changed=())) == "edited"
    assert reading_words(msgspec.structs.replace(edited, event=None)) == "edited"
