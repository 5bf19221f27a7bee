"""Counts of spans from sums of whole years and single days: the same as from days alone."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.model.records import CodedDocument
from dragoman.record.counted import counts_of, is_only_of, stored_key
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.record.tables import BETWEEN, DYAD, PARTY, PUBLISHER

DAYS = ("2019-12-31", "2020-01-01", "2020-07-01", "2021-12-31", "2022-01-01", "2023-05-05", None)
SPANS = (
    (None, None), ("2020-01-01", None), ("2020-01-02", None), (None, "2021-12-31"), (None, "2022-01-01"),
    ("2020-01-01", "2021-12-31"), ("2019-12-31", "2022-01-01"), ("2020-07-01", "2020-07-01"),
    ("2021-12-31", "2022-01-01"), ("2024-01-01", None), (None, "2018-01-01"),
)  # fmt: skip


@pytest.fixture
def spread(tmp_path: Path, reports: list[CodedDocument]) -> Iterator[Record]:
    """Make a record with the events of one report on days around the ends of years, and one without a day."""
    record = Record.open(tmp_path / "spread.sqlite")
    run_id = record.begin_run("test")
    for number, day in enumerate(DAYS):
        published_on = dt.date.fromisoformat(day) if day else None
        document = msgspec.structs.replace(
            reports[0].document, id=f"r{number}", published_on=published_on, publisher=f"p{number % 2}"
        )
        events = tuple(
            msgspec.structs.replace(event, id=f"e{number}-{turn}", event_date=None)
            for turn, event in enumerate(reports[0].events)
        )
        record.add(
            CodedDocument(id=document.id, document=document, events=events, attributions=()), run_id=run_id
        )
    yield record
    record.close()


@pytest.mark.parametrize("part", [PARTY, DYAD, BETWEEN, PUBLISHER])
@pytest.mark.parametrize(("since", "until"), SPANS)
def test_spans_are_counted_as_by_days(
    spread: Record, part: str, since: str | None, until: str | None
) -> None:
    first, last = (dt.date.fromisoformat(day) if day else None for day in (since, until))
    query, values = counts_of(part, EventFilter(since=first, until=last))
    found: collections.Counter[str] = collections.Counter()
    for key, _, _, events, _ in spread._connection.execute(query, values):
        found[key] += events
    due: collections.Counter[str] = collections.Counter()
    for key, day, events in spread._connection.execute(
        "SELECT key, day, events FROM daily WHERE part = ?", (part,)
    ):
        if (since is None or day >= since) and (until is None or "" < day <= until):
            due[key] += events
    assert found == due


def test_sums_follow_what_is_written(spread: Record) -> None:
    everything = spread.counts(by="party")
    assert spread.remove("r2") is True
    assert spread.check() == []
    assert spread.counts(by="party") == {party: count * 6 // 7 for party, count in everything.items()}
    spread.rebuild()
    assert spread.check() == []


def test_wrong_sums_are_a_fault(spread: Record) -> None:
    spread._connection.execute(
        "UPDATE sums SET events = events + 1 WHERE part = 'p' AND key = 'ARN' AND span = ''"
    )
    spread._connection.execute("INSERT INTO sums VALUES ('p', '1999', 'ARN', 'verbal_conflict', 1, 3, 0)")
    faults = spread.check()
    assert any(fault.startswith("sums of counts are off for p  ARN") for fault in faults)
    assert any(fault.startswith("sums of counts without events: p 1999 ARN") for fault in faults)
    spread.rebuild()
    assert spread.check() == []


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (EventFilter(), ("", "")),
        (EventFilter(party="ARN", firm=True, since=dt.date(2020, 1, 1)), ("p", "ARN")),
        (EventFilter(between=("GON", "ARN")), ("b", "ARN=GON")),
        (EventFilter(publisher="p0"), ("u", "p0")),
        (EventFilter(party="ARN", event_type="ACCUSE"), None),
        (EventFilter(party="ARN", background=True), None),
        (EventFilter(text="grain"), None),
    ],
)
def test_what_stored_counts_answer(wanted: EventFilter, key: tuple[str, str] | None) -> None:
    assert stored_key(wanted) == key


def test_a_filter_of_one_key() -> None:
    assert is_only_of(EventFilter(speaker="ARN", background=True), "s")
    assert not is_only_of(EventFilter(speaker="ARN", firm=True), "s")
    assert not is_only_of(EventFilter(speaker="ARN", firm=False), "s")
