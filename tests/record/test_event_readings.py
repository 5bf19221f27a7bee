"""Readings: kept beside the event, undone but not lost, found again when a report is coded anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import ConflictError, NotFoundError, UsageError
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument, Event
from dragoman.record.parquet import export_record, import_record
from dragoman.record.reviewed_events import additions
from dragoman.record.store import Record

TEXT = "Arnor accused Gondor of spying. Rohan attacked Mordor."


@pytest.fixture
def coded(coder: Coder) -> CodedDocument:
    return coder.code(TEXT, id="one", published_on=dt.date(2022, 2, 9))


@pytest.fixture
def record(tmp_path: Path, coded: CodedDocument) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite") as record:
        record.add(coded, run_id=record.begin_run("test"))
        yield record


def reading(about: Event, verdict: str = "accept", *, reader: str = "anna", **more) -> EventReading:
    given = {
        "document_id": "one", "reader": reader, "kind": "person", "verdict": verdict, "event_id": about.id,
        "event_type": about.event_type, "trigger_start": about.trigger.start,
        "trigger_end": about.trigger.end, **more,
    }  # fmt: skip
    return EventReading(**given)


def event_of(coded: CodedDocument, event_type: str) -> Event:
    return next(event for event in coded.events if event.event_type == event_type)


def test_events_added_at_one_word_are_stored_once_each(record: Record, coded: CodedDocument) -> None:
    event = event_of(coded, "ACCUSE")
    other = msgspec.structs.replace(event, id="other", recipients=event.actors, actors=event.recipients)
    both = [
        reading(event, "add", event_id=None, event=each, kind="model", reader="model-1")
        for each in (event, other)
    ]
    numbers = record.add_readings(both)
    # A model that reads again says the same again.
    assert record.add_readings(both) == numbers
    assert record.add_readings(both[::-1]) == numbers[::-1]
    assert record.stats()["readings"] == 2


def test_the_latest_person_decides_what_is_shown(record: Record, coded: CodedDocument) -> None:
    event = event_of(coded, "ACCUSE")
    assert record.current_event(event.id).shown == event
    record.add_readings([reading(event, "reject", reader="model-1", kind="model")])
    assert record.current_event(event.id).shown == event
    record.add_readings([reading(event, "reject")])
    assert record.current_event(event.id).shown is None
    edited = msgspec.structs.replace(event, event_mode=None)
    record.add_readings([reading(event, "edit", reader="ben", event=edited, changed=("event_mode",))])
    current = record.current_event(event.id)
    assert (current.shown, current.coded) == (edited, event)
    assert [each.reader for each in current.readings] == ["model-1", "anna", "ben"]


def test_undone_is_not_lost(record: Record, coded: CodedDocument) -> None:
    event = event_of(coded, "ACCUSE")
    (number,) = record.add_readings([reading(event, "reject")])
    with pytest.raises(NotFoundError):
        record.undo_reading(number, reader="ben")
    record.undo_reading(number, reader="anna")
    assert record.current_event(event.id).shown == event
    assert record.readings() == []
    assert record.stats()["readings"] == 1


def test_the_same_reading_is_kept_once(record: Record, coded: CodedDocument) -> None:
    event = event_of(coded, "ACCUSE")
    one = record.add_readings([reading(event)])
    assert record.add_readings([reading(event)]) == one
    assert record.add_readings([reading(event, note="sure")]) != one
    assert record.readers() == {"anna": 2}


def test_two_who_save_at_once_are_told(record: Record, coded: CodedDocument) -> None:
    event = event_of(coded, "ACCUSE")
    (first,) = record.add_readings([reading(event)], seen=0)
    with pytest.raises(ConflictError, match="anna has saved another"):
        record.add_readings([reading(event, "reject")], seen=0)
    # Another reader is no conflict, and neither is one who saw the first.
    record.add_readings([reading(event, "reject", reader="ben")], seen=0)
    record.add_readings([reading(event, "reject")], seen=first)


def test_readings_follow_their_event_to_another_id(record: Record, coded: CodedDocument) -> None:
    accused, attacked = event_of(coded, "ACCUSE"), event_of(coded, "ASSAULT")
    record.add_readings([reading(accused), reading(attacked, "reject")])
    renamed = msgspec.structs.replace(accused, id="other-id", rule="ACCUSE/another")
    again = msgspec.structs.replace(coded, events=(renamed,))
    record.add(again, run_id=record.begin_run("test"))
    assert [each.event_id for each in record.readings(verdict="accept")] == ["other-id"]
    assert record.current_event("other-id").readings[0].verdict == "accept"
    # The other event is gone; its reading is listed, and comes back with it.
    assert [each.event_id for each in record.unmatched_readings()] == [attacked.id]
    record.add(coded, run_id=record.begin_run("test"))
    assert record.unmatched_readings() == []
    assert len(record.readings()) == 2


def test_an_added_event_is_joined_when_it_is_coded(record: Record, coded: CodedDocument) -> None:
    attacked = event_of(coded, "ASSAULT")
    without = tuple(event for event in coded.events if event != attacked)
    record.add(msgspec.structs.replace(coded, events=without), run_id=record.begin_run("test"))
    record.add_readings([reading(attacked, "add", event_id=None, event=attacked)])
    (added,) = additions(record.readings())
    assert [each.event for each in added.readings] == [attacked]
    record.add(coded, run_id=record.begin_run("test"))
    assert additions(record.readings()) == []
    assert record.readings()[0].event_id == attacked.id


WRONG = [
    ({"reader": " "}, UsageError, "name of its reader"),
    ({"verdict": "maybe"}, UsageError, "accept, reject, edit, add"),
    ({"verdict": "edit"}, UsageError, "needs the event"),
    ({"event_id": None}, UsageError, "needs the id of an event"),
    ({"document_id": "two"}, NotFoundError, "two"),
    ({"event_id": "none"}, NotFoundError, "none"),
    ({"trigger_end": 900}, UsageError, "outside the text"),
]


@pytest.mark.parametrize(("more", "error", "says"), WRONG)
def test_what_cannot_be_kept_keeps_nothing(
    record: Record, coded: CodedDocument, more: dict, error: type[Exception], says: str
) -> None:
    event = event_of(coded, "ACCUSE")
    with pytest.raises(error, match=says):
        record.add_readings([reading(event), msgspec.structs.replace(reading(event), **more)])
    assert record.readings() == []


def test_readings_go_with_the_record(record: Record, coded: CodedDocument, tmp_path: Path) -> None:
    record.add_readings([reading(event_of(coded, "ACCUSE"), note="ja")])
    export_record(record, tmp_path / "out")
    import_record(tmp_path / "out", tmp_path / "again.sqlite")
    with Record.open(tmp_path / "again.sqlite") as again:
        assert again.readings() == record.readings()
        assert again.check() == []
