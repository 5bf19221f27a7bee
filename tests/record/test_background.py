"""What is told as background without a date is on no day: kept, and left out unless it is asked for."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.analysis.entries import Sighting, bucket_of, group_sightings
from dragoman.analysis.exports import SHAPES, export
from dragoman.model.records import CodedDocument, EventDate
from dragoman.record.building import new_record
from dragoman.record.parquet import export_record, import_record
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

# The attacks of report b, the second as background; so are all of report c.
ALL = EventFilter(background=True, negations=True)


@pytest.fixture
def told(reports: list[CodedDocument]) -> list[CodedDocument]:
    def background(coded: CodedDocument, first: int) -> CodedDocument:
        events = tuple(
            msgspec.structs.replace(event, told_as="background", time_basis="background_era")
            if number >= first else event
            for number, event in enumerate(coded.events)
        )  # fmt: skip
        return msgspec.structs.replace(coded, events=events)

    return [background(coded, {"b": 1, "c": 0}.get(coded.id, 99)) for coded in reports]


@pytest.fixture
def record(tmp_path: Path, told: list[CodedDocument]) -> Iterator[Record]:
    record = Record.open(tmp_path / "told.sqlite")
    run_id = record.begin_run("test")
    for coded in told:
        record.add(coded, run_id=run_id)
    yield record
    record.close()


def test_background_is_left_out_unless_asked_for(record: Record) -> None:
    current, everything = list(record.events()), list(record.events(ALL))
    assert len(everything) == 9
    assert len(current) == 6
    assert {stored.event.told_as for stored in current} == {"current"}
    assert [stored.day for stored in everything if stored.event.told_as == "background"] == [None] * 3
    assert record.check() == []


def test_totals_counts_and_networks_agree(record: Record) -> None:
    assert (record.total(), record.total(ALL)) == (6, 9)
    for by in ("event_type", "quad_class", "actor", "party", "month", "publisher"):
        assert sum(record.counts(ALL, by=by).values()) >= sum(record.counts(by=by).values())
    attacks = EventFilter(event_type="ASSAULT")
    assert record.total(attacks) == 2
    assert record.total(msgspec.structs.replace(attacks, background=True)) == 4
    (edge,) = [edge for edge in record.network() if (edge.actor, edge.recipient) == ("MOR", "ROH")]
    assert edge.events == 1
    found = record.network(wanted=ALL)
    assert {(e.actor, e.recipient): e.events for e in found}["MOR", "ROH"] == 2


def test_a_series_has_no_background(record: Record) -> None:
    points = record.dyad_series("ARN", "GON")
    assert [(point.start, point.events) for point in points] == [
        (dt.date(2022, 2, 1), 1), (dt.date(2022, 2, 2), 1), (dt.date(2022, 2, 9), 1),
    ]  # fmt: skip
    assert record.dyad_series("ARN", "GON", wanted=ALL) == points
    assert sum(point.events for point in record.party_series("ARN")) == 4


def test_pages_with_background(record: Record) -> None:
    seen, cursor = [], None
    while True:
        page, cursor = record.page(ALL, cursor=cursor, limit=2, order="oldest")
        seen += [stored.event.id for stored in page]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 9
    assert len(record.page(EventFilter(actor="ARN"), limit=50)[0]) == 3
    assert len(record.page(EventFilter(actor="ARN", background=True), limit=50)[0]) == 5
    assert record.page(EventFilter(until=dt.date(2030, 1, 1), background=True), limit=50)[0] != []


def test_a_dated_background_is_on_its_own_day(tmp_path: Path, reports: list[CodedDocument]) -> None:
    day = EventDate(start=dt.date(1941, 6, 1), end=dt.date(1941, 6, 30), precision="month")
    event = msgspec.structs.replace(reports[0].events[0], told_as="background", event_date=day)
    with Record.open(tmp_path / "dated.sqlite") as record:
        record.add(msgspec.structs.replace(reports[0], events=(event,)), run_id=record.begin_run("test"))
        assert [stored.day for stored in record.events()] == [dt.date(1941, 6, 1)]
        assert record.counts(by="year") == {"1941": 1}


def test_removed_rebuilt_and_filled_records_are_whole(
    tmp_path: Path, record: Record, told: list[CodedDocument]
) -> None:
    record.rebuild()
    assert record.check() == []
    counts = record.counts(by="event_type")
    record.remove("c")
    assert record.check() == []
    assert record.counts(by="event_type") == counts
    with new_record(tmp_path / "filled.sqlite") as filled:
        filled.fill(told, run_id=filled.begin_run("test"))
        assert filled.check() == []
        assert (filled.total(), filled.total(ALL)) == (6, 9)


def test_background_survives_parquet(tmp_path: Path, record: Record) -> None:
    export_record(record, tmp_path / "out")
    import_record(tmp_path / "out", tmp_path / "again.sqlite")
    with Record.open(tmp_path / "again.sqlite") as again:
        assert list(again.events(ALL)) == list(record.events(ALL))
        assert again.total() == 6
        assert again.check() == []


@pytest.mark.parametrize("shape", [name for name in SHAPES if name not in ("graphml", "gexf")])
def test_exports(record: Record, shape: str) -> None:
    def rows(wanted: EventFilter | None) -> int:
        return export(record, shape, io.BytesIO(), wanted=wanted, everything=True)

    assert rows(ALL) >= rows(None)
    if shape in ("csv", "plover", "annotations"):
        assert (rows(None), rows(ALL)) == (6, 9)


def test_the_export_says_how_it_is_told(record: Record) -> None:
    out = io.BytesIO()
    export(record, "csv", out, wanted=EventFilter(document="c", background=True))
    header, first, *_ = out.getvalue().decode().splitlines()
    told = dict(zip(next(csv.reader([header])), next(csv.reader([first])), strict=True))
    assert (told["told_as"], told["time_basis"]) == ("background", "background_era")
    assert ",2022-02-02,Herald,,," in first


def test_entries(record: Record) -> None:
    regroup(record)
    current, _ = record.entries()
    everything, _ = record.entries(background=True)
    assert {entry.lead.event.told_as for entry in current} == {"current"}
    assert len(everything) > len(current)
    undated = [entry for entry in everything if entry.lead.event.told_as == "background"]
    assert {entry.first_day for entry in undated} == {None}
    assert record.check() == []


def test_background_is_never_one_with_news(reports: list[CodedDocument]) -> None:
    event = reports[1].events[0]
    past = msgspec.structs.replace(event, id="past", told_as="background")
    sightings = [
        Sighting(event=each, document_id=name, published_on=dt.date(2022, 2, 2), story="s")
        for name, each in (("b", event), ("x", past))
    ]
    assert len(group_sightings(sightings)) == 2
    assert bucket_of(event) != bucket_of(past)
    dated = EventDate(start=dt.date(2022, 2, 2), end=dt.date(2022, 2, 2), precision="day")
    assert bucket_of(msgspec.structs.replace(past, event_date=dated)) == bucket_of(event)
