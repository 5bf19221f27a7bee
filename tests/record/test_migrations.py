"""A file of version 1 opens, is brought up to date whole or not at all, and answers like a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import RecordError
from dragoman.model.documents import Failure
from dragoman.model.origins import Origin
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record

SCHEMA_1 = Path(__file__).parent / "data" / "schema_1.sql"


def make_version_1(path: Path, reports: list[CodedDocument]) -> None:
    """Write a file as the first version of the program did."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA_1.read_text() + "PRAGMA user_version = 1;")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO runs VALUES (1, '0.1.0', '2022-01-01', NULL, 0, 0)")
        connection.execute("INSERT INTO failures VALUES ('bad', 'EmptyDocumentError', 'bad: no text', 1)")
        for coded in reports:
            document = coded.document
            day = document.published_on.isoformat() if document.published_on else None
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, 'x', 1)",
                (coded.id, document.text, document.title, day, document.publisher, document.url, None),
            )
            for event in coded.events:
                connection.execute(
                    "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)",
                    (event.id, coded.id, event.event_type, event.event_mode, event.quad_class,
                     event.factuality, event.trigger.start, msgspec.json.encode(event)),
                )  # fmt: skip
                for ref in event.actors:
                    connection.execute(
                        "INSERT INTO event_parties VALUES (?, 'actor', ?, ?, ?, ?)",
                        (event.id, ref.id, ref.country, ref.sector, ref.name),
                    )
    connection.close()


def test_version_1_is_brought_up_to_date(tmp_path: Path, reports: list[CodedDocument], small: Record) -> None:
    make_version_1(tmp_path / "old.sqlite", reports)
    with Record.open(tmp_path / "old.sqlite", create=False) as record:
        assert record.check() == []
        assert list(record.documents()) == [coded.document for coded in reports]
        assert [s.event for s in record.events()] == [s.event for s in small.events()]
        assert record.network() == small.network()
        assert record.counts(by="month") == small.counts(by="month")
        assert [found.document_id for found in record.search("shepherds")] == ["c"]
        assert [failure.document_id for failure in record.failures()] == ["bad"]
        # It has no hash of what went in, so ingest will code it again.
        assert record.input_hash("a") is None
        # And it goes on like any record.
        assert record.add(msgspec.structs.replace(reports[0], events=()), run_id=1) is True
        assert record.check() == []
    with Record.open(tmp_path / "old.sqlite") as again:
        assert again.stats()["documents"] == len(reports)


def test_a_fault_on_the_way_leaves_the_old_file(tmp_path: Path, reports: list[CodedDocument]) -> None:
    path = tmp_path / "old.sqlite"
    make_version_1(path, reports)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET body = 'no event' WHERE document_id = 'd'")
    connection.close()
    with pytest.raises(RecordError, match="version 1"):
        Record.open(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (9,)
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert "event_keys" not in names
        assert not any(name.startswith("old_") for name in names)
    connection.close()


def make_version_6(path: Path, small: Record) -> None:
    """Write a record as the versions before the sums of counts did."""
    small.backup(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE sums")
        connection.execute("DELETE FROM daily WHERE part IN ('f', 'u')")
        connection.execute("DROP INDEX documents_by_publisher")
        connection.execute("DROP INDEX events_in_background")
        connection.execute("PRAGMA user_version = 6")
    connection.close()


def test_version_6_is_brought_up_to_date(tmp_path: Path, small: Record) -> None:
    make_version_6(tmp_path / "old.sqlite", small)
    with Record.open(tmp_path / "old.sqlite", create=False) as record:
        assert record.check() == []
        assert record.counts(by="publisher") == small.counts(by="publisher")
        assert record.network() == small.network()
        query = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
        old, new = (each._connection.execute(query).fetchall() for each in (record, small))
        assert old == new


def make_version_2(path: Path, small: Record) -> None:
    """Write a record as the second version of the program did, which did not know how an event is told."""
    make_version_6(path, small)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE events DROP COLUMN told_as")
        connection.execute("ALTER TABLE events DROP COLUMN background")
        connection.execute("UPDATE event_bodies SET body = json_remove(body, '$.told_as', '$.time_basis')")
        connection.execute("PRAGMA user_version = 2")
    connection.close()


def test_version_2_is_brought_up_to_date(tmp_path: Path, reports: list[CodedDocument], small: Record) -> None:
    make_version_2(tmp_path / "old.sqlite", small)
    with Record.open(tmp_path / "old.sqlite", create=False) as record:
        assert record.check() == []
        assert list(record.events()) == list(small.events())
        assert {stored.event.time_basis for stored in record.events()} == {None}
        assert record.counts(by="month") == small.counts(by="month")
        past = msgspec.structs.replace(reports[0].events[0], told_as="background")
        assert record.add(msgspec.structs.replace(reports[0], events=(past,)), run_id=1) is True
        assert record.total() == small.total() - len(reports[0].events)
        assert record.check() == []
        columns = [row[1] for row in record._connection.execute("PRAGMA table_info(events)")]
        assert columns == [row[1] for row in small._connection.execute("PRAGMA table_info(events)")]
        record.rebuild()
        assert record.check() == []


def make_version_7(path: Path, small: Record) -> None:
    """Write a record as the seventh version of the program did, without the origins of failures."""
    small.backup(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "DROP TABLE failures; CREATE TABLE failures (document_id TEXT NOT NULL, error TEXT NOT NULL,"
            " message TEXT NOT NULL, run_id INTEGER NOT NULL, PRIMARY KEY (document_id, message))"
            " WITHOUT ROWID;"
            "INSERT INTO failures VALUES ('x', 'BadDateError', 'a.jsonl:1: no day', 1),"
            " ('a.jsonl:2', 'BadLineError', 'a.jsonl:2: not JSON', 1); PRAGMA user_version = 7;"
        )
    connection.close()


def test_failures_of_version_7_go_by_name_until_they_are_met_again(
    tmp_path: Path, reports: list[CodedDocument], small: Record
) -> None:
    make_version_7(tmp_path / "old.sqlite", small)
    origin = Origin(file="/news/a.jsonl", position=2)
    with Record.open(tmp_path / "old.sqlite", create=False) as record:
        assert record.check() == []
        assert [(f.document_id, f.origin) for f in record.failures()] == [
            ("a.jsonl:2", Origin()), ("x", Origin()),
        ]  # fmt: skip
        again = Failure(
            document_id="a.jsonl:2", error="BadLineError", message="a.jsonl:2: not JSON", origin=origin
        )
        run_id = record.begin_run("test")
        record.add_failure(again, run_id=run_id)
        assert [f.origin for f in record.failures()] == [Origin(), origin]
        document = msgspec.structs.replace(reports[0].document, id="x")
        record.add(CodedDocument(id="x", document=document, events=(), attributions=()), run_id=run_id)
        assert record.failures() == [again]
        made = [row[1] for row in record._connection.execute("PRAGMA table_info(failures)")]
        assert made == [row[1] for row in small._connection.execute("PRAGMA table_info(failures)")]
