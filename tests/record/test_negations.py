"""What is said not to have been done is kept, and counted nowhere as done."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.analysis.exports import SHAPES, export
from dragoman.errors import UsageError
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.building import new_record
from dragoman.record.parquet import export_record, import_record
from dragoman.record.queries import EventFilter, whole_document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

BOTH = EventFilter(negations=True)
NEGATIVE = EventFilter(polarity="negative")
REPORTS = [
    ("a", 1, "Herald", "Arnor attacked Gondor in Osgiliath. Rohan helped Gondor."),
    ("b", 2, "Gazette", "Arnor did not attack Gondor in Osgiliath. Mordor did not attack Rohan."),
]  # fmt: skip


@pytest.fixture
def told(quick_code: Callable[[Document], CodedDocument]) -> list[CodedDocument]:
    return [
        quick_code(Document(id=name, text=text, publisher=publisher, published_on=dt.date(2022, 2, day)))
        for name, day, publisher, text in REPORTS
    ]


@pytest.fixture
def record(tmp_path: Path, told: list[CodedDocument]) -> Iterator[Record]:
    record = Record.open(tmp_path / "told.sqlite")
    run_id = record.begin_run("test")
    for coded in told:
        record.add(coded, run_id=run_id)
    regroup(record)
    yield record
    record.close()


def test_they_are_left_out_unless_asked_for(record: Record) -> None:
    assert [stored.document_id for stored in record.events()] == ["a", "a"]
    assert [stored.document_id for stored in record.events(BOTH)] == ["a", "a", "b", "b"]
    assert [stored.document_id for stored in record.events(NEGATIVE)] == ["b", "b"]
    assert len(list(record.events(EventFilter(polarity="positive", negations=True)))) == 2
    assert len(list(record.events(whole_document("b")))) == 2
    assert (len(record), len(list(record))) == (4, 4)
    assert record.check() == []


def test_totals_and_counts_agree(record: Record) -> None:
    assert (record.total(), record.total(BOTH), record.total(NEGATIVE)) == (2, 4, 2)
    assert record.counts(by="event_type") == {"AID": 1, "ASSAULT": 1}
    assert record.counts(BOTH, by="event_type") == {"ASSAULT": 3, "AID": 1}
    assert record.counts(BOTH, by="polarity") == {"negative": 2, "positive": 2}
    assert record.counts(by="day") == {"2022-02-01": 2}
    assert record.counts(EventFilter(actor="MOR"), by="month") == {}


# Each count of what happened, with a filter and without: negations are in none of them.
@pytest.mark.parametrize("wanted", [None, BOTH, EventFilter(negations=True, event_type="ASSAULT")])
def test_pairs_series_networks_and_panels_count_no_negation(
    record: Record, wanted: EventFilter | None
) -> None:
    assert [p.events for p in record.dyad_series("ARN", "GON", wanted=wanted)] == [1]
    assert record.dyad_series("MOR", "ROH", wanted=wanted) == []
    assert {(e.actor, e.recipient): e.events for e in record.network(wanted=wanted)}.get(("ARN", "GON")) == 1
    assert "MOR" not in {e.actor for e in record.network(wanted=wanted)}
    assert {(t.one, t.other) for t in record.ties(wanted=wanted)} <= {("ARN", "GON"), ("GON", "ROH")}
    assert sum(p.events for p in record.event_series(wanted or EventFilter())) <= 2
    assert {row.actor for row in record.dyad_panel(wanted=wanted)} <= {"ARN", "ROH"}
    assert all(place.events == 1 for place in record.places(wanted=wanted))


def test_a_party_without_happenings_has_no_series(record: Record) -> None:
    assert record.party_series("MOR") == []
    assert sum(point.events for point in record.party_series("ARN")) == 1


def test_asked_for_alone_they_can_be_counted(record: Record) -> None:
    assert {e.actor for e in record.network(wanted=NEGATIVE)} == {"ARN", "MOR"}
    assert [p.events for p in record.dyad_series("MOR", "ROH", wanted=NEGATIVE)] == [1]


def test_entries(record: Record) -> None:
    found = {entry.lead.event.polarity for entry in record.entries()[0]}
    assert found == {"positive"}
    assert len(record.entries(wanted=BOTH)[0]) == 4
    assert len(record.entries(negations=True)[0]) == 4
    assert [entry.lead.document_id for entry in record.entries(wanted=NEGATIVE)[0]] == ["b", "b"]
    assert (record.entry_total(), record.entry_total(BOTH), record.entry_total(NEGATIVE)) == (2, 4, 2)
    (disputed,) = record.entries(contradicted=True)[0]
    assert [(each.kind, sorted(each.values)) for each in disputed.contradictions] == [
        ("polarity", ["negative", "positive"])
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_exports_without_a_column_for_polarity_have_none(record: Record, shape: str) -> None:
    def rows(wanted: EventFilter | None, *, everything: bool = True) -> int:
        return export(record, shape, io.BytesIO(), wanted=wanted, everything=everything)

    if shape not in ("csv", "parquet"):
        assert rows(BOTH) == rows(None) == rows(BOTH, everything=False)
        with pytest.raises(UsageError, match="cannot mark what was not done"):
            rows(NEGATIVE)
    else:
        assert rows(BOTH) - rows(None) == rows(NEGATIVE) == 2


def test_tables_say_so(record: Record) -> None:
    out = io.BytesIO()
    export(record, "csv", out, wanted=BOTH)
    rows = csv.DictReader(io.StringIO(out.getvalue().decode()))
    assert [row["polarity"] for row in rows] == ["positive", "positive", "negative", "negative"]


def test_rebuilt_filled_removed_and_imported_records_agree(
    tmp_path: Path, record: Record, told: list[CodedDocument]
) -> None:
    record.rebuild()
    assert (record.check(), record.total(), record.total(BOTH)) == ([], 2, 4)
    with new_record(tmp_path / "filled.sqlite") as filled:
        filled.fill(told, run_id=filled.begin_run("test"))
        assert (filled.check(), filled.total(), filled.total(BOTH)) == ([], 2, 4)
    export_record(record, tmp_path / "out")
    import_record(tmp_path / "out", tmp_path / "again.sqlite")
    with Record.open(tmp_path / "again.sqlite") as again:
        assert (again.check(), again.total(), again.total(BOTH)) == ([], 2, 4)
    record.remove("b")
    assert (record.check(), record.total(), record.total(BOTH)) == ([], 2, 2)
