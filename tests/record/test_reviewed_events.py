"""Events as reviewed: a rejected one is gone, an edited one is found as edited, an added one is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument, Event, EventDate
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record, StoredEvent


def coded_event(record: Record, document: str, number: int = 0) -> StoredEvent:
    found = sorted(record.events(EventFilter(document=document)), key=lambda s: s.event.trigger.start)
    return found[number]


def give(record: Record, stored: StoredEvent, verdict: str, *, reader: str = "anna", **more) -> int:
    event = stored.event
    given = {
        "document_id": stored.document_id, "reader": reader, "kind": "person", "verdict": verdict,
        "event_id": event.id, "event_type": event.event_type, "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end, **more,
    }  # fmt: skip
    return record.add_readings([EventReading(**given)])[0]


def shown(record: Record, **wanted) -> list[Event]:
    return [stored.event for stored in record.reviewed_events(EventFilter(**wanted))]


def another_actor(event: Event, name: str, identifier: str) -> Event:
    (ref, *_) = event.actors
    new = msgspec.structs.replace(ref, id=identifier, name=name, country=identifier)
    return msgspec.structs.replace(event, actors=(new,))


def test_without_readings_all_is_as_coded(small: Record) -> None:
    assert list(small.reviewed_events()) == list(small.events())
    newest = list(small.reviewed_events(order="newest"))
    assert newest == small.page(limit=50)[0]


def test_rejected_is_left_out_and_back_after_undo(small: Record) -> None:
    stored = coded_event(small, "a")
    number = give(small, stored, "reject")
    assert stored.event not in shown(small)
    assert stored.event in [s.event for s in small.events()]
    small.undo_reading(number, reader="anna")
    assert stored.event in shown(small)


def test_edited_is_filtered_as_edited(small: Record) -> None:
    stored = coded_event(small, "a")
    edited = another_actor(stored.event, "Mordor", "MOR")
    give(small, stored, "edit", event=edited, changed=("actors",))
    assert edited in shown(small, actor="MOR")
    assert not [e for e in shown(small, actor="ARN") if e.id == stored.event.id]
    assert edited in shown(small, document="a")
    assert edited in shown(small, text="rebels")


def test_an_edited_day_changes_the_order(small: Record) -> None:
    stored = coded_event(small, "a")
    late = EventDate(start=dt.date(2022, 3, 1), end=dt.date(2022, 3, 1), precision="day")
    give(small, stored, "edit", event=msgspec.structs.replace(stored.event, event_date=late))
    assert shown(small)[-1].id == stored.event.id
    assert next(small.reviewed_events(order="newest")).day == dt.date(2022, 3, 1)
    assert [e.id for e in shown(small, since=dt.date(2022, 2, 20))] == [stored.event.id]


def test_added_is_there_once(small: Record) -> None:
    stored = coded_event(small, "e")
    new = msgspec.structs.replace(stored.event, id="new", event_type="THREATEN")
    for reader in ("anna", "ben"):
        give(small, stored, "add", reader=reader, event_id=None, event=new, event_type="THREATEN")
    assert shown(small, event_type="THREATEN") == [new]
    assert stored.event in shown(small)


def test_models_change_nothing(small: Record) -> None:
    stored = coded_event(small, "a")
    give(small, stored, "reject", reader="some-model", kind="model")
    assert list(small.reviewed_events()) == list(small.events())


def test_an_adjudicator_outranks_a_later_reviewer(small: Record) -> None:
    stored = coded_event(small, "a")
    give(small, stored, "reject", reader="chief", kind="adjudicator")
    give(small, stored, "accept", reader="ben")
    assert stored.event not in shown(small)
    assert small.current_event(stored.event.id).shown is None


def test_an_older_reading_that_comes_in_later_does_not_decide(small: Record) -> None:
    stored = coded_event(small, "a")
    give(small, stored, "accept", made_at="2026-02-01T00:00:00+00:00")
    give(small, stored, "reject", reader="ben", made_at="2026-01-01T00:00:00+00:00")
    assert stored.event in shown(small)


def test_one_a_day_and_limit(small: Record) -> None:
    every, once = shown(small), shown(small, one_a_day=True)
    assert once == [s.event for s in small.events(EventFilter(one_a_day=True))]
    assert len(once) < len(every)
    assert shown(small, limit=2) == every[:2]


def test_of_a_document_that_is_gone_nothing_is_shown(small: Record) -> None:
    stored = coded_event(small, "e")
    new = msgspec.structs.replace(stored.event, id="new")
    give(small, stored, "add", event_id=None, event=new, event_type="THREATEN")
    give(small, stored, "edit", event=new)
    small.remove("e")
    assert not [e for e in small.reviewed_events() if e.document_id == "e"]


@pytest.mark.parametrize("turn", range(3))
def test_verdicts_outlive_another_codebook(
    small: Record, quick_code: Callable[[Document], CodedDocument], turn: int
) -> None:
    """Coded again with other ids and rules, less one type: all verdicts of events that are left are kept."""
    before = {stored.event.id: stored for stored in small.events()}
    for stored in before.values():
        give(small, stored, ("accept", "reject")[stored.event.trigger.start % 2])
    gone_type = ("ACCUSE", "ASSAULT", "AID")[turn]
    for document in list(small.documents()):
        coded = quick_code(document)
        events = tuple(
            msgspec.structs.replace(event, id=f"again-{event.id}", rule="another")
            for event in coded.events
            if event.event_type != gone_type
        )
        small.add(msgspec.structs.replace(coded, events=events), run_id=small.begin_run("again"))
    left = [stored for stored in before.values() if stored.event.event_type != gone_type]
    assert len(left) < len(before)
    for stored in left:
        (kept,) = small.readings(event_id=f"again-{stored.event.id}")
        assert kept.verdict == ("accept", "reject")[stored.event.trigger.start % 2]
    lost = {reading.event_id for reading in small.unmatched_readings()}
    assert lost == {name for name, stored in before.items() if stored.event.event_type == gone_type}


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("one_a_day", [False, True])
def test_pages_hold_all_once(small: Record, order: str, size: int, one_a_day: bool) -> None:
    give(small, coded_event(small, "a"), "reject")
    edited = coded_event(small, "b")
    give(small, edited, "edit", event=another_actor(edited.event, "Rohan", "ROH"))
    new = msgspec.structs.replace(coded_event(small, "e").event, id="new", event_type="THREATEN")
    give(small, coded_event(small, "e"), "add", event_id=None, event=new, event_type="THREATEN")
    wanted = EventFilter(one_a_day=one_a_day)
    found, cursor = [], None
    while True:
        page, cursor = small.reviewed_page(wanted, cursor=cursor, limit=size, order=order)
        assert len(page) == size or cursor is None
        found += page
        if cursor is None:
            break
    assert found == list(small.reviewed_events(wanted, order=order))
