"""The queue of a reviewer: what is left for him, in which order, and how far he is."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.model.readings import EventReading
from dragoman.model.records import Event
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record


def reading(
    record: Record, event: Event, verdict: str = "accept", reader: str = "anna", **more
) -> EventReading:
    stored = record.event(event.id)
    given = {
        "document_id": stored.document_id, "reader": reader, "kind": "person", "verdict": verdict,
        "event_id": event.id, "event_type": event.event_type, "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end, **more,
    }  # fmt: skip
    return EventReading(**given)


def queue(record: Record, reader: str = "anna", **given) -> list[Event]:
    return [item.stored.event for item in record.review_queue(reader=reader, limit=50, **given)]


def test_least_sure_first_and_each_once(small: Record) -> None:
    events = queue(small)
    assert [event.confidence for event in events] == sorted(event.confidence for event in events)
    assert len(events) == small.total()
    small.add_readings([reading(small, events[0]), reading(small, events[1], "reject")])
    assert queue(small) == events[2:]
    # Another reviewer is asked all, whatever the first said.
    assert queue(small, "ben") == events


def test_undone_is_asked_again(small: Record) -> None:
    events = queue(small)
    (number,) = small.add_readings([reading(small, events[0])])
    small.undo_reading(number, reader="anna")
    assert queue(small) == events


@pytest.mark.parametrize("order", ["least_sure", "newest", "oldest"])
@pytest.mark.parametrize("wanted", [EventFilter(), EventFilter(actor="ARN"), EventFilter(text="attacked")])
def test_skipping_walks_through_all(small: Record, order: str, wanted: EventFilter) -> None:
    expected = queue(small, order=order, wanted=wanted)
    found, cursor = [], None
    while items := small.review_queue(wanted, reader="anna", order=order, cursor=cursor):
        found.append(items[0].stored.event)
        cursor = items[0].cursor
    assert found == expected
    assert sorted(e.id for e in found) == sorted(s.event.id for s in small.events(wanted))


def test_order_by_day(small: Record) -> None:
    days = [item.stored.day for item in small.review_queue(reader="anna", order="newest", limit=50)]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated, reverse=True)


def test_progress_counts_what_fits_the_filter(small: Record) -> None:
    wanted = EventFilter(actor="MOR")
    (first, *_) = small.events(wanted)
    other = next(s for s in small.events() if s.event.actors[0].id != "MOR")
    small.add_readings([reading(small, first.event), reading(small, other.event)])
    found = small.review_progress(wanted, reader="anna")
    assert (found.judged, found.total) == (1, 2)
    assert small.review_progress(reader="anna").judged == 2
    assert small.review_progress(reader="ben").judged == 0


@pytest.mark.parametrize(
    "given",
    [
        {"order": "best"},
        {"cursor": "x"},
        {"cursor": f"0.5_{10**20}"},
        {"wanted": EventFilter(one_a_day=True)},
    ],
)
def test_wrong_questions(small: Record, given: dict) -> None:
    with pytest.raises(UsageError):
        small.review_queue(reader="anna", **given)
