"""Events as reviewed: a rejected one is gone, an edited one is found as edited, an added one is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument, Event, EventDate
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record, StoredEvent
from dragoman.running.reviewed_record import derive_record


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


def reviewed(record: Record, reader: str = "first") -> Record:
    return derive_record(record, reviewed=True, reader=reader)


def shown(record: Record, **wanted) -> list[Event]:
    with reviewed(record) as after:
        return [stored.event for stored in after.events(EventFilter(**wanted))]


def another_actor(event: Event, name: str, identifier: str) -> Event:
    (ref, *_) = event.actors
    new = msgspec.structs.replace(ref, id=identifier, name=name, country=identifier)
    return msgspec.structs.replace(event, actors=(new,))


def test_without_readings_all_is_as_coded(small: Record) -> None:
    assert not small.event_changes(reviewed=True)
    assert shown(small) == [stored.event for stored in small.events()]


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
    with reviewed(small) as after:
        assert after.page(limit=1)[0][0].day == dt.date(2022, 3, 1)
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
    assert not small.event_changes(reviewed=True)


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
    assert not small.event_changes(reviewed=True)


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


def all_kinds(record: Record) -> None:
    """Give verdicts of each kind, of people and of a model."""
    give(record, coded_event(record, "a"), "reject")
    edited = coded_event(record, "b")
    give(record, edited, "edit", event=another_actor(edited.event, "Rohan", "ROH"), changed=("actors",))
    other = coded_event(record, "c")
    late = EventDate(start=dt.date(2022, 3, 1), end=dt.date(2022, 3, 1), precision="day")
    give(record, other, "edit", event=msgspec.structs.replace(other.event, event_date=late), changed=("day",))
    for document, name, reader, kind in (("e", "new", "anna", "person"), ("d", "theirs", "llm", "model")):
        about = coded_event(record, document)
        event = msgspec.structs.replace(about.event, id=name, event_type="THREATEN")
        give(
            record, about, "add", reader=reader, kind=kind, event_id=None, event=event, event_type="THREATEN"
        )
    for document in ("a", "b"):
        give(record, coded_event(record, document), "accept", reader="llm", kind="model")


KEYS = ("event_type", "quad_class", "factuality", "publisher", "day", "month", "actor", "recipient", "party")


@pytest.mark.parametrize("reviewed_too", [False, True])
@pytest.mark.parametrize("reader", ["first", "second", "both", "either"])
def test_all_that_a_record_derives_follows_the_shown_events(
    small: Record, tmp_path: Path, reader: str, reviewed_too: bool
) -> None:
    """The copy is the record that would be made of the shown events, down to keys, counts and full text."""
    all_kinds(small)
    with derive_record(small, reviewed=reviewed_too, reader=reader) as after:
        assert after.check() == []
        by_document: dict[str, list[Event]] = {document.id: [] for document in after.documents()}
        for stored in after:
            by_document[stored.document_id].append(stored.event)
        with Record.open(tmp_path / "made.sqlite") as made:
            run = made.begin_run("test")
            for document in after.documents():
                events = tuple(by_document[document.id])
                coded = CodedDocument(id=document.id, document=document, events=events, attributions=())
                made.add(coded, run_id=run)
            for by in KEYS:
                for wanted in (EventFilter(), EventFilter(one_a_day=True), EventFilter(text="Gondor")):
                    assert after.counts(wanted, by=by) == made.counts(wanted, by=by), by
            assert after.network() == made.network()
            assert list(after.dyad_panel()) == list(made.dyad_panel())
            assert {p.key: p.events for p in after.places()} == {p.key: p.events for p in made.places()}
            for name, count in after.counts(by="party").items():
                assert len(list(after.events(EventFilter(party=name)))) == count


@pytest.mark.parametrize(
    ("reviewed_too", "reader", "ids"),
    [
        (False, "first", {"a0", "a1", "b0", "b1", "c0", "c1", "d0", "d1", "e0"}),
        (False, "second", {"a0", "b0", "theirs"}),
        (False, "both", {"a0", "b0"}),
        (False, "either", {"a0", "a1", "b0", "b1", "c0", "c1", "d0", "d1", "e0", "theirs"}),
        (True, "first", {"a1", "b0", "b1", "c0", "c1", "d0", "d1", "e0", "new"}),
        (True, "second", {"b0", "theirs"}),
        (True, "both", {"b0"}),
        (True, "either", {"a1", "b0", "b1", "c0", "c1", "d0", "d1", "e0", "new", "theirs"}),
    ],
)
def test_whose_events_are_shown(small: Record, reviewed_too: bool, reader: str, ids: set[str]) -> None:
    names = {
        coded_event(small, document, number).event.id: f"{document}{number}"
        for document in "abcde"
        for number in range(1 if document == "e" else 2)
    }
    all_kinds(small)
    with derive_record(small, reviewed=reviewed_too, reader=reader) as after:
        assert {names.get(stored.event.id, stored.event.id) for stored in after} == ids


@pytest.mark.parametrize(
    ("verdict", "reader", "is_shown"),
    [
        ("accept", "first", True),
        ("accept", "second", True),
        ("accept", "both", False),
        ("reject", "second", False),
        ("reject", "either", False),
    ],
)
def test_people_judge_what_a_model_added(small: Record, verdict: str, reader: str, is_shown: bool) -> None:
    all_kinds(small)
    about = coded_event(small, "d")
    give(small, about, verdict, event_id="theirs", event_type="THREATEN")
    assert small.unmatched_readings() == []
    with derive_record(small, reviewed=True, reader=reader) as after:
        assert ("theirs" in {stored.event.id for stored in after}) == is_shown


def test_an_edited_addition_keeps_its_id(small: Record) -> None:
    all_kinds(small)
    about = coded_event(small, "d")
    edited = another_actor(msgspec.structs.replace(about.event, event_type="THREATEN"), "Rohan", "ROH")
    give(small, about, "edit", event_id="theirs", event_type="THREATEN", event=edited, changed=("actors",))
    assert "theirs" in {event.id for event in shown(small, actor="ROH")}


def test_an_adjudicator_chooses_between_additions(small: Record) -> None:
    about = coded_event(small, "e")
    for reader, kind in (("anna", "THREATEN"), ("ben", "REJECT")):
        new = msgspec.structs.replace(about.event, id=kind, event_type=kind)
        give(small, about, "add", reader=reader, event_id=None, event=new, event_type=kind)
    assert {event.id for event in shown(small, document="e")} == {"THREATEN", "REJECT", about.event.id}
    chosen = msgspec.structs.replace(about.event, id="REJECT", event_type="REJECT")
    give(
        small,
        about,
        "add",
        reader="chief",
        kind="adjudicator",
        event_id=None,
        event=chosen,
        event_type="REJECT",
    )
    assert {event.id for event in shown(small, document="e")} == {"REJECT", about.event.id}
    give(small, about, "reject", reader="chief", kind="adjudicator", event_id="REJECT", event_type="REJECT")
    assert "REJECT" not in {event.id for event in shown(small, document="e")}


def test_the_record_itself_does_not_change(small: Record) -> None:
    all_kinds(small)
    before = list(small), small.counts(by="party"), small.stats()
    with reviewed(small) as after:
        assert list(after) != before[0]
    assert (list(small), small.counts(by="party"), small.stats()) == before
