"""The span, the period length and the counts of a chart."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.web.timelines import (
    MOST_PERIODS,
    Asked,
    chart_data,
    choose_span,
    days_of_filter,
    length_of,
    make_timeline,
    period_end,
    read_asked,
)

DAY = dt.date(2022, 3, 1)


def _busy(start: dt.date, days: int, count: int = 3) -> dict[dt.date, int]:
    return {start + dt.timedelta(days=n): count for n in range(days)}


@pytest.mark.parametrize("odd", [dt.date(1945, 5, 8), dt.date(2199, 1, 1), dt.date(2021, 3, 1)])
@pytest.mark.parametrize("count", [1, 3])
def test_an_odd_day_far_off_does_not_stretch_a_chart(odd: dt.date, count: int) -> None:
    plain = choose_span(_busy(DAY, 20))
    found = choose_span({**_busy(DAY, 20), odd: count})
    assert found is not None and plain is not None
    assert (found.since, found.until, found.by) == (plain.since, plain.until, "day")
    assert (found.before, found.after) == ((count, 0) if odd < DAY else (0, count))


def test_a_day_close_by_is_drawn() -> None:
    found = choose_span({**_busy(DAY, 20), DAY - dt.timedelta(days=30): 1})
    assert found is not None
    assert found.since == DAY - dt.timedelta(days=30)
    assert (found.before, found.after) == (0, 0)


def test_of_few_events_none_is_odd() -> None:
    found = choose_span({dt.date(1990, 1, 1): 1, DAY: 1})
    assert found is not None
    assert (found.since.year, found.before) == (1990, 0)
    assert choose_span({}) is None


def test_many_events_far_off_are_drawn() -> None:
    found = choose_span({**_busy(DAY, 20), **_busy(dt.date(1999, 1, 1), 20)})
    assert found is not None
    assert found.since.year == 1999


@pytest.mark.parametrize(
    ("days", "by"), [(1, "day"), (60, "day"), (200, "week"), (1500, "month"), (365 * 60, "year")]
)
def test_length_follows_the_span(days: int, by: str) -> None:
    assert length_of(DAY, DAY + dt.timedelta(days=days)) == by


def test_what_the_reader_asks_for_stands_but_never_too_many_periods() -> None:
    asked = Asked(since=dt.date(1900, 1, 1), until=dt.date(2022, 12, 31), by="day")
    found = choose_span(_busy(DAY, 5), asked)
    assert found is not None
    assert (found.since, found.until, found.chosen) == (asked.since, asked.until, True)
    assert found.by == "year" or (found.until - found.since).days / 28 < MOST_PERIODS


def test_a_span_is_of_whole_periods() -> None:
    found = choose_span(_busy(dt.date(2022, 3, 3), 200))
    assert found is not None
    assert (found.by, found.since.weekday(), found.until.weekday()) == ("week", 0, 6)


@pytest.mark.parametrize(
    ("start", "by", "end"),
    [
        ("2022-02-01", "month", "2022-02-28"), ("2022-02-07", "week", "2022-02-13"),
        ("2022-01-01", "year", "2022-12-31"), ("2022-01-05", "day", "2022-01-05"),
    ],
)  # fmt: skip
def test_periods_end(start: str, by: str, end: str) -> None:
    assert str(period_end(dt.date.fromisoformat(start), by)) == end


@pytest.mark.parametrize(
    "given", [("soon", "", ""), ("", "", "hour"), ("2022-02-01", "2022-01-01", "")]
)  # fmt: skip
def test_what_cannot_be_read_is_an_error(given: tuple[str, str, str]) -> None:
    with pytest.raises(UsageError):
        read_asked(*given)


@pytest.mark.pipeline
@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
@pytest.mark.parametrize(
    "wanted", [EventFilter(), EventFilter(party="GON"), EventFilter(dyad="ARN>GON"), EventFilter(firm=True)]
)
def test_bars_hold_all_events_of_a_filter(record_file: Path, wanted: EventFilter, by: str) -> None:
    with Record.open(record_file, create=False) as record:
        chart = make_timeline(record, wanted, {}, Asked(by=by))  # type: ignore[arg-type]
        assert chart is not None
        counted = sum(bar.point.events for bar in chart.bars) + chart.span.before + chart.span.after
        assert counted == sum(days_of_filter(record, wanted).values())
    # There are no gaps: periods without events are zeros.
    for one, other in zip(chart.bars, chart.bars[1:], strict=False):
        assert other.start == one.end + dt.timedelta(days=1)


@pytest.mark.pipeline
def test_days_that_stand_out_lead_to_their_events(bundled_file: Path) -> None:
    with Record.open(bundled_file, create=False) as record:
        chart = make_timeline(record, EventFilter(party="RUS"), {"party": "RUS"})
        assert chart is not None
        days = days_of_filter(record, EventFilter(party="RUS"))
        assert [each.peak.day for each in chart.notable] == [
            dt.date(2022, 2, 5), dt.date(2022, 2, 8), dt.date(2022, 2, 24), dt.date(2022, 3, 2),
        ]  # fmt: skip
        for each in chart.notable:
            assert each.peak.events == days[each.peak.day]
            assert f"party=RUS&since={each.peak.day}&until={each.peak.day}" in each.href
            # What is shown happened on that day, has Russia as a party, and is asserted as fact.
            assert each.lead.day == each.peak.day
            assert "RUS" in {ref.country for ref in (*each.lead.event.actors, *each.lead.event.recipients)}
            assert each.lead.event.factuality == "certain" and not each.lead.event.conditional
            assert each.entry is not None
        shown = [each["words"] for each in chart_data(chart, "Russia")["notable"]]
        assert "invaded Ukraine" in shown[2]
        asked = Asked(since=dt.date(2022, 2, 20), until=dt.date(2022, 3, 31))
        within = make_timeline(record, EventFilter(party="RUS"), {"party": "RUS"}, asked)
        assert within is not None
        assert [each.peak.day for each in within.notable] == [each.peak.day for each in chart.notable[2:]]
