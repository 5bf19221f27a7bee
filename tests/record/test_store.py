"""The record keeps each document once, whole, and tells what is wrong with a file."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import NotFoundError, RecordError
from dragoman.model.documents import Failure
from dragoman.model.records import CodedDocument
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

pytestmark = pytest.mark.pipeline


@pytest.fixture
def record(tmp_path: Path, coded: CodedDocument) -> Iterator[Record]:
    kept = Record.open(tmp_path / "r.sqlite")
    kept.add(coded, run_id=kept.begin_run("test"))
    yield kept
    kept.close()


def test_adding_the_same_coding_twice_changes_nothing(record: Record, coded: CodedDocument) -> None:
    before = record.stats()
    assert record.add(coded, run_id=1) is False
    assert record.stats() == before


def test_another_text_under_the_same_id_replaces(record: Record, coded: CodedDocument) -> None:
    changed = msgspec.structs.replace(coded, events=coded.events[:1])
    assert record.add(changed, run_id=1) is True
    assert record.stats()["documents"] == 1
    assert [stored.event.id for stored in record.events()] == [coded.events[0].id]


def test_events_come_back_as_they_went_in(record: Record, coded: CodedDocument) -> None:
    assert {stored.event.id: stored.event for stored in record.events()} == {e.id: e for e in coded.events}
    assert tuple(record.attributions(coded.id)) == coded.attributions


FILTERS = [
    (EventFilter(actor="ARN"), {"ACCUSE"}),
    (EventFilter(actor="GON"), {"REJECT", "ASSAULT"}),
    (EventFilter(recipient="GON"), {"ACCUSE", "THREATEN"}),
    (EventFilter(event_type="AGREE"), {"AGREE"}),
    (EventFilter(factuality="unknown"), {"ASSAULT"}),
    (EventFilter(party="ROH"), {"THREATEN", "AGREE"}),
    (EventFilter(quad_class="material_conflict", speaker="ARN"), {"ASSAULT"}),
    (EventFilter(until=dt.date(2022, 2, 8), event_type="ACCUSE"), {"ACCUSE"}),
    (EventFilter(since=dt.date(2023, 1, 1)), set()),
    (EventFilter(document="other"), set()),
]


@pytest.mark.parametrize(("wanted", "types"), FILTERS)
def test_filters(record: Record, wanted: EventFilter, types: set[str]) -> None:
    assert {stored.event.event_type for stored in record.events(wanted)} == types


def test_failures_are_kept_once(record: Record) -> None:
    failure = Failure(document_id="x", error="BadDateError", message="x: bad")
    record.add_failure(failure, run_id=1)
    record.add_failure(failure, run_id=2)
    assert record.failures() == [failure]


def test_check_finds_words_that_differ(record: Record, tmp_path: Path) -> None:
    assert record.check() == []
    record.close()
    with closing(sqlite3.connect(tmp_path / "r.sqlite")) as connection, connection:
        connection.execute("UPDATE documents SET text = 'x' || text")
    with Record.open(tmp_path / "r.sqlite") as again:
        assert any("words differ" in fault for fault in again.check())


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all, but a text that is long enough to be read" * 20)
    with pytest.raises(RecordError, match="cannot be used"):
        Record.open(tmp_path / "text")
    with closing(sqlite3.connect(tmp_path / "other")) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(RecordError, match="not a record"):
        Record.open(tmp_path / "other")
    with closing(sqlite3.connect(tmp_path / "newer")) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(RecordError, match="newer"):
        Record.open(tmp_path / "newer")
    with pytest.raises(NotFoundError):
        Record.open(tmp_path / "missing", create=False)


def test_a_reader_beside_a_writer(record: Record, tmp_path: Path, coded: CodedDocument) -> None:
    with Record.open(tmp_path / "r.sqlite") as reader:
        record.add(msgspec.structs.replace(coded, events=()), run_id=1)
        assert reader.stats()["events"] == 0
