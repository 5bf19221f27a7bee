"""A day from which nothing can be reckoned gets in nowhere, is found where it is, and can be removed."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import NotFoundError, UnkeepableError
from dragoman.model.days import shift_days
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument, EventDate
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper, regroup, remove_documents
from dragoman.running.ingest import ingest

DAYS = [dt.date(1, 1, 3), dt.date(9999, 12, 27), dt.date(9999, 12, 31), dt.date(1, 1, 1)]
Code = Callable[[Document], CodedDocument]


@pytest.mark.parametrize("day", DAYS)
def test_such_a_day_is_not_kept(small: Record, reports: list[CodedDocument], day: dt.date) -> None:
    document = msgspec.structs.replace(reports[0].document, id="new", published_on=day)
    with pytest.raises(UnkeepableError, match="no day of a report"):
        small.add(msgspec.structs.replace(reports[0], id="new", document=document), run_id=1)
    date = EventDate(start=day, end=day, precision="day", text="Arnor", start_char=0, end_char=5)
    event = msgspec.structs.replace(reports[0].events[0], event_date=date)
    with pytest.raises(UnkeepableError, match="an event of"):
        small.add(msgspec.structs.replace(reports[0], events=(event,)), run_id=1)


def with_bad_row(path: Path, day: dt.date) -> None:
    """Write the row as versions before this one did."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE documents SET published_on = ? WHERE id = 'b'", (day.isoformat(),))
        connection.execute(
            "UPDATE events SET day = ? WHERE document = (SELECT number FROM documents WHERE id = 'b')",
            (day.isoformat(),),
        )
    connection.close()


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("day", DAYS)
def test_a_record_with_such_a_day_goes_on_and_is_mended(
    small: Record, tmp_path: Path, quick_code: Code, day: dt.date, grouped: bool
) -> None:
    if grouped:
        regroup(small)
    small.close()
    path = tmp_path / "small.sqlite"
    with_bad_row(path, day)
    with Record.open(path) as record:
        faults = record.check()
        assert any("no day of a report" in fault and "record remove b" in fault for fault in faults)
        assert any(f"has a day that cannot be ('{day}')" in fault for fault in faults)
        # Everything that reads goes on, and so does an ingest with stories.
        for by in ("day", "week", "month", "year"):
            record.dyad_series("ARN", "GON", by=by)
        grouper = Grouper.open(record)
        text = "Arnor attacked Gondor with 500 troops in Osgiliath."
        more = [Document(id=f"n{n}", text=text, published_on=dt.date(2022, 2, 3)) for n in (1, 2)]
        outcomes = list(ingest(more, code=quick_code, coder="1", record=record, run_id=1, grouper=grouper))
        grouper.close()
        assert [outcome.status for outcome in outcomes] == ["coded", "coded"]
    done = CliRunner().invoke(app, ["record", "remove", "b", "--record", str(path)])
    assert done.exit_code == 0, done.output
    with Record.open(path) as record:
        record.rebuild()
        assert record.check() == []
        assert "b" not in record.document_ids()


def whole(record: Record) -> tuple[object, ...]:
    stats = record.stats()
    del stats["runs"]
    entries = {
        (e.lead.event.id, e.events, e.documents, e.corroboration, str(e.contradictions))
        for e in record.entries(limit=100)[0]
    }
    stories = {(s.title, s.documents, s.independent) for s in record.stories(limit=100)[0]}
    return stats, entries, stories, record.network(), record.counts(by="actor")


def test_removing_leaves_what_would_be_without_it(
    small: Record, tmp_path: Path, reports: list[CodedDocument]
) -> None:
    regroup(small)
    small.add_failure(Failure(document_id="f", error="X", message="y"), run_id=1)
    remove_documents(small, ["b", "d", "f"])
    assert small.check() == []
    with Record.open(tmp_path / "other.sqlite") as other:
        run_id = other.begin_run("test")
        for coded in reports:
            if coded.id not in ("b", "d"):
                other.add(coded, run_id=run_id)
        regroup(other)
        assert whole(small) == whole(other)


def test_all_are_removed_or_none(small: Record) -> None:
    with pytest.raises(NotFoundError):
        remove_documents(small, ["a", "nobody"])
    assert "a" in small.document_ids()


def test_days_end_where_the_calendar_does() -> None:
    assert shift_days(dt.date(1, 1, 3), -7) == dt.date.min
    assert shift_days(dt.date(9999, 12, 27), 7) == dt.date.max
    assert shift_days(dt.date(2022, 3, 1), -1) == dt.date(2022, 2, 28)


def test_what_a_removed_report_denied_is_denied_no_more(tmp_path: Path, quick_code: Code) -> None:
    texts = ("Arnor attacked Gondor in Osgiliath.", "Arnor did not attack Gondor in Osgiliath.")
    with Record.open(tmp_path / "r.sqlite") as record:
        run_id = record.begin_run("test")
        for number, text in enumerate(texts):
            day = dt.date(2022, 2, 2 + number)
            record.add(quick_code(Document(id=f"d{number}", text=text, published_on=day)), run_id=run_id)
        regroup(record)
        assert [len(entry.contradictions) for entry in record.entries(negations=True)[0]] == [1, 1]
        assert [len(entry.contradictions) for entry in record.entries()[0]] == [1]
        remove_documents(record, ["d1"])
        (left,) = record.entries()[0]
        assert (left.lead.document_id, left.contradictions) == ("d0", ())
        assert record.check() == []
