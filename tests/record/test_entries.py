"""Entries page by page, in both orders, and how many there are."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.errors import UsageError
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

FILTERS = (
    EventFilter(), EventFilter(party="ARN"), EventFilter(publisher="Herald"),
    EventFilter(event_type="ASSAULT"),
    EventFilter(since=dt.date(2022, 2, 2), until=dt.date(2022, 2, 5)), EventFilter(actor="nobody"),
    EventFilter(background=True),
)  # fmt: skip


@pytest.fixture
def grouped(small: Record) -> Record:
    regroup(small)
    return small


def _all(record: Record, wanted: EventFilter, order: str) -> list[str]:
    found, cursor = list[str](), None
    while True:
        entries, cursor = record.entries(
            wanted=wanted, cursor=cursor, limit=2, order=order, background=wanted.background  # type: ignore[arg-type]
        )  # fmt: skip
        found += [entry.id for entry in entries]
        if cursor is None:
            return found


@pytest.mark.parametrize("wanted", FILTERS)
def test_the_oldest_first_is_the_newest_first_turned_round(grouped: Record, wanted: EventFilter) -> None:
    newest = _all(grouped, wanted, "newest")
    assert _all(grouped, wanted, "oldest") == newest[::-1]
    assert len(set(newest)) == len(newest)


@pytest.mark.parametrize("wanted", FILTERS)
def test_the_total_is_what_is_listed(grouped: Record, wanted: EventFilter) -> None:
    assert grouped.entry_total(wanted) == len(_all(grouped, wanted, "newest"))


def test_there_are_entries_and_some_have_no_day(grouped: Record) -> None:
    assert grouped.entry_total() > 4
    days = [entry.last_day for entry in grouped.entries(order="oldest")[0]]
    assert days[0] is None
    assert days[1:] == sorted(days[1:])  # type: ignore[type-var]


def test_an_unknown_order_is_an_error(grouped: Record) -> None:
    with pytest.raises(UsageError, match="order"):
        grouped.entries(order="largest")  # type: ignore[arg-type]


@pytest.mark.parametrize(("few", "tested"), [(0, 100), (0, 1), (0, 3), (1000, 100)])
@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("wanted", FILTERS)
def test_testing_the_first_finds_the_same(
    grouped: Record, wanted: EventFilter, order: str, few: int, tested: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.record.grouping._FEW", 1_000_000)
    due = _all(grouped, wanted, order)
    monkeypatch.setattr("dragoman.record.grouping._FEW", few)
    monkeypatch.setattr("dragoman.record.grouping._TESTED", tested)
    assert _all(grouped, wanted, order) == due
