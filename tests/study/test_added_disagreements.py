"""Events that reviewers added differently: which are one case, and what a decision leaves of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument, Event
from dragoman.record.store import Record
from dragoman.running.reviewed_record import derive_record
from dragoman.study.added_disagreements import AddedDisagreement, added_disagreements

TEXT = "Mordor met Rohan. Arnor attacked Gondor. Rohan helped Gondor."


@pytest.fixture
def record(tmp_path, quick_code: Callable[[Document], CodedDocument]) -> Iterator[Record]:
    record = Record.open(tmp_path / "r.sqlite")
    coded = quick_code(Document(id="d", text=TEXT))
    record.add(msgspec.structs.replace(coded, events=()), run_id=record.begin_run("test"))
    yield record
    record.close()


@pytest.fixture
def events(quick_code: Callable[[Document], CodedDocument]) -> tuple[Event, ...]:
    return quick_code(Document(id="d", text=TEXT)).events


def add(record: Record, event: Event, reader: str, *, kind: str = "person", **change) -> EventReading:
    new = msgspec.structs.replace(event, **{"id": f"{reader}-{event.trigger.start}", **change})
    (number,) = record.add_readings([EventReading(
        document_id="d", reader=reader, kind=kind, verdict="add", event_id=None, event_type=new.event_type,
        trigger_start=new.trigger.start, trigger_end=new.trigger.end, event=new,
    )])  # fmt: skip
    return record.reading_numbered(number)


def cases(record: Record) -> list[AddedDisagreement]:
    return added_disagreements(record.readings())


def shown(record: Record) -> set[tuple[str, str]]:
    with derive_record(record, reviewed=True) as after:
        return {(each.event.id, each.event.event_type) for each in after}


def test_the_same_addition_is_no_case(record: Record, events: tuple[Event, ...]) -> None:
    for reader in ("anna", "ben"):
        add(record, events[0], reader)
    add(record, events[1], "anna")
    assert cases(record) == []


@pytest.mark.parametrize("change", [{"event_type": "THREATEN"}, {"actors": ()}])
def test_another_type_or_party_is_a_case(record: Record, events: tuple[Event, ...], change: dict) -> None:
    add(record, events[0], "anna")
    add(record, events[0], "ben", **change)
    add(record, events[1], "anna")
    (case,) = cases(record)
    assert [reading.reader for reading in case.versions] == ["anna", "ben"]
    assert not case.is_decided


def test_overlapping_words_are_one_case(record: Record, events: tuple[Event, ...]) -> None:
    word = events[0].trigger
    wider = msgspec.structs.replace(word, end=word.end + 6, text=TEXT[word.start : word.end + 6])
    add(record, events[0], "anna")
    add(record, events[0], "ben", trigger=wider, recipients=())
    assert len(cases(record)) == 1


def test_a_later_version_replaces_the_earlier_one(record: Record, events: tuple[Event, ...]) -> None:
    add(record, events[0], "anna")
    add(record, events[0], "ben", actors=())
    add(record, events[0], "ben")
    assert cases(record) == []


def test_models_are_no_reviewers(record: Record, events: tuple[Event, ...]) -> None:
    add(record, events[0], "anna")
    add(record, events[0], "llm", kind="model", actors=())
    assert cases(record) == []


def test_a_decision_leaves_one_or_none_and_can_be_changed(record: Record, events: tuple[Event, ...]) -> None:
    add(record, events[0], "anna")
    add(record, events[0], "ben", event_type="THREATEN")
    start = events[0].trigger.start
    anna, ben = (f"anna-{start}", events[0].event_type), (f"ben-{start}", "THREATEN")
    assert shown(record) == {anna, ben}
    for take, left in ((1, {ben}), (0, {anna}), (None, set()), (1, {ben}), (None, set()), (0, {anna})):
        (case,) = cases(record)
        taken = case.versions[take] if take is not None else None
        record.add_readings(case.choose(taken, reader="chief"))
        assert shown(record) == left
        (case,) = cases(record)
        assert case.is_decided
        assert (case.chosen is None) == (take is None)
    assert len(record.readings(kind="adjudicator")) > 6


def test_one_type_at_one_word_with_other_parties(record: Record, events: tuple[Event, ...]) -> None:
    """Both versions have the same id then; the decision says which parties the event has."""
    add(record, events[0], "anna", id="same")
    add(record, events[0], "ben", id="same", actors=events[0].recipients)
    (case,) = cases(record)
    record.add_readings(case.choose(case.versions[0], reader="chief"))
    with derive_record(record, reviewed=True) as after:
        (stored,) = after
        assert stored.event.actors == events[0].actors
