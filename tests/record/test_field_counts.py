"""Counts by several fields at once are those by each; a bound is never exceeded."""

from __future__ import annotations

import datetime as dt

import pytest

import dragoman.record.field_counts
from dragoman.record.field_counts import FIELDS
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

FILTERS = (
    EventFilter(), EventFilter(background=True), EventFilter(party="ARN"), EventFilter(event_type="ASSAULT"),
    EventFilter(party="ARN", event_type="ASSAULT"), EventFilter(publisher="Herald"), EventFilter(firm=True),
    EventFilter(text="attack*"), EventFilter(text="nothing"), EventFilter(party="ARN", one_a_day=True),
    EventFilter(between=("ARN", "GON")), EventFilter(since=dt.date(2022, 2, 2), factuality="certain"),
    EventFilter(document="b"), EventFilter(quad_class="material_conflict", publisher="Gazette"),
)  # fmt: skip


@pytest.mark.parametrize("scanned", [True, False])
@pytest.mark.parametrize("wanted", FILTERS)
def test_counts_by_all_fields(
    small: Record, wanted: EventFilter, scanned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = 1_000_000 if scanned else 0
    monkeypatch.setattr(dragoman.record.field_counts, "_SHARE_TO_SCAN", share)
    found = small.field_counts(wanted)
    assert found == {field: small.counts(wanted, by=field) for field in FIELDS}
    assert all(list(found[field]) == list(small.counts(wanted, by=field)) for field in FIELDS)


@pytest.mark.parametrize("wanted", FILTERS)
def test_a_bound_holds(small: Record, wanted: EventFilter) -> None:
    at_most = small.events_at_most(wanted)
    assert at_most is None or at_most >= small.total(wanted)


def test_bounds_are_near(small: Record) -> None:
    assert small.events_at_most(EventFilter(party="ARN")) == small.total(EventFilter(party="ARN"))
    assert small.events_at_most(EventFilter(party="ARN", text="shepherds")) == 1
    assert small.events_at_most(EventFilter()) == small.total()
