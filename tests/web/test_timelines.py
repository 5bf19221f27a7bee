"""The span, the period length and the counts of a chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from dragoman.errors import UsageError
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web import timelines
from dragoman.web.timelines import (
    MOST_PERIODS,
    Asked,
    Span,
    chart_data,
    choose_span,
    days_of_filter,
    length_of,
    make_timeline,
    period_end,
    read_asked,
)

from .quick_record import write_days

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


# Limits of the span, without a record.


def days_at(*given: tuple[str, int]) -> dict[dt.date, int]:
    return {dt.date.fromisoformat(day): count for day, count in given}


# Events of days, then the first and last day, the length of a period, and events before and after.
SPANS = [
    ([("2022-03-01", 1)], ("2022-03-01", "2022-03-01", "day", 0, 0)),
    # Up to 92 days by day, up to 900 by week, up to 25 years by month.
    ([("2022-01-01", 9), ("2022-04-03", 9)], ("2022-01-01", "2022-04-03", "day", 0, 0)),
    ([("2022-01-01", 9), ("2022-04-04", 9)], ("2021-12-27", "2022-04-10", "week", 0, 0)),
    ([("2020-01-01", 9), ("2022-06-19", 9)], ("2019-12-30", "2022-06-19", "week", 0, 0)),
    ([("2020-01-01", 9), ("2022-06-20", 9)], ("2020-01-01", "2022-06-30", "month", 0, 0)),
    ([("1990-01-01", 9), ("2014-12-26", 9)], ("1990-01-01", "2014-12-31", "month", 0, 0)),
    ([("1990-01-01", 9), ("2014-12-27", 9)], ("1990-01-01", "2014-12-31", "year", 0, 0)),
    # One event of five, 61 days off: it is an outlier; 60 days off it is drawn.
    ([("2022-01-01", 1), ("2022-03-03", 4)], ("2022-03-03", "2022-03-03", "day", 1, 0)),
    ([("2022-01-01", 1), ("2022-03-02", 4)], ("2022-01-01", "2022-03-02", "day", 0, 0)),
    ([("2022-01-01", 4), ("2022-03-03", 1)], ("2022-01-01", "2022-01-01", "day", 0, 1)),
    ([("2022-01-01", 4), ("2022-03-02", 1)], ("2022-01-01", "2022-03-02", "day", 0, 0)),
    # Of four events, none is an outlier.
    ([("2022-01-01", 1), ("2022-03-03", 3)], ("2022-01-01", "2022-03-03", "day", 0, 0)),
    # Two events of a day are outliers if they are a tenth of all.
    ([("2021-01-01", 2), ("2022-03-03", 18)], ("2022-03-03", "2022-03-03", "day", 2, 0)),
    ([("2021-01-01", 2), ("2022-03-03", 17)], ("2020-12-28", "2022-03-06", "week", 0, 0)),
    # Of a hundred events, two on two days are outliers, three are not.
    ([("2021-01-01", 1), ("2021-01-05", 1), ("2022-03-03", 98)], ("2022-03-03", "2022-03-03", "day", 2, 0)),
    (
        [("2021-01-01", 1), ("2021-01-05", 1), ("2021-01-09", 1), ("2022-03-03", 97)],
        ("2020-12-28", "2022-03-06", "week", 0, 0),
    ),
    # An end is far off if its distance is more than twice the rest.
    ([("2022-01-01", 1), ("2022-07-20", 9), ("2022-10-28", 9)], ("2021-12-27", "2022-10-30", "week", 0, 0)),
    ([("2022-01-01", 1), ("2022-07-21", 9), ("2022-10-28", 9)], ("2022-07-18", "2022-10-30", "week", 1, 0)),
]


@pytest.mark.parametrize(("given", "found"), SPANS)
def test_spans(given: list[tuple[str, int]], found: tuple[str, str, str, int, int]) -> None:
    span = choose_span(days_at(*given))
    assert span is not None
    assert (str(span.since), str(span.until), span.by, span.before, span.after) == found
    assert not span.chosen


# Choices, then the span, and whether the days were chosen.
CHOSEN = [
    (Asked(), ("2022-01-01", "2022-02-01", "day", 0, 0), False),
    (Asked(by="month"), ("2022-01-01", "2022-02-28", "month", 0, 0), False),
    (Asked(since=dt.date(2022, 1, 2)), ("2022-01-02", "2022-02-01", "day", 5, 0), True),
    (Asked(until=dt.date(2022, 1, 31)), ("2022-01-01", "2022-01-31", "day", 0, 5), True),
    (Asked(since=dt.date(2022, 1, 2), by="month"), ("2022-01-02", "2022-02-28", "month", 5, 0), True),
    (Asked(until=dt.date(2022, 1, 31), by="week"), ("2021-12-27", "2022-01-31", "week", 0, 5), True),
    (Asked(since=dt.date(2023, 1, 1)), ("2023-01-01", "2023-01-01", "day", 10, 0), True),
    (Asked(until=dt.date(2021, 1, 1)), ("2021-01-01", "2021-01-01", "day", 0, 10), True),
]


@pytest.mark.parametrize(("asked", "found", "chosen"), CHOSEN)
def test_chosen_spans(asked: Asked, found: tuple[str, str, str, int, int], chosen: bool) -> None:
    span = choose_span(days_at(("2022-01-01", 5), ("2022-02-01", 5)), asked)
    assert span is not None
    assert (str(span.since), str(span.until), span.by, span.before, span.after) == found
    assert span.chosen is chosen


@pytest.mark.parametrize(
    ("until", "by", "found"),
    [
        ("2004-04-14", "day", "day"), ("2004-04-15", "day", "week"), ("2024-01-01", "week", "month"),
        ("2023-12-31", "week", "week"), ("2099-07-25", "month", "month"), ("2099-07-26", "month", "year"),
    ],
)  # fmt: skip
def test_never_more_periods_than_the_limit(until: str, by: str, found: str) -> None:
    last = dt.date.fromisoformat(until)
    span = choose_span({dt.date(2001, 1, 1): 5, last: 5}, Asked(by=by))  # type: ignore[arg-type]
    assert span is not None and span.by == found


@pytest.mark.parametrize(
    ("since", "until", "by", "count"),
    [
        ("2022-01-01", "2022-01-01", "day", 1), ("2022-01-01", "2022-01-07", "week", 1),
        ("2022-01-01", "2022-01-08", "week", 2), ("2022-01-01", "2022-01-31", "month", 2),
        ("2022-01-01", "2022-12-31", "year", 1), ("2022-01-01", "2023-01-01", "year", 2),
    ],
)  # fmt: skip
def test_number_of_periods(since: str, until: str, by: str, count: int) -> None:
    days = (dt.date.fromisoformat(day) for day in (since, until))
    assert timelines._periods(*days, by) == count  # type: ignore[arg-type]


# What is typed, and what is read or a word of the error.
ASKED = [
    (("", "", ""), Asked()),
    (("2022-01-02", "", "week"), Asked(since=dt.date(2022, 1, 2), by="week")),
    (("", "2022-01", ""), Asked(until=dt.date(2022, 1, 31))),
    (("2022-01-02", "2022-01-02", ""), Asked(dt.date(2022, 1, 2), dt.date(2022, 1, 2))),
]


@pytest.mark.parametrize(("given", "asked"), ASKED)
def test_what_is_asked(given: tuple[str, str, str], asked: Asked) -> None:
    assert read_asked(*given) == asked


@pytest.mark.parametrize(
    ("given", "words"),
    [(("soon", "", ""), "since"), (("", "soon", ""), "until"), (("", "", "hour"), "day, week, month, year"),
     (("2022-02-01", "2022-01-01", ""), "since 2022-02-01 is after until 2022-01-01; swap them")],
)  # fmt: skip
def test_errors_name_the_field(given: tuple[str, str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_asked(*given)


# Charts of the small record ---------------------------------------------------------------------------


def test_chart_of_some_days(small_file: Path) -> None:
    asked = Asked(since=dt.date(2022, 2, 9), until=dt.date(2022, 2, 9))
    with Record.open_to_read(small_file) as record:
        chart = make_timeline(record, EventFilter(), {"firm": "true"}, asked)
        assert chart is not None
        assert make_timeline(record, EventFilter(text="nothing"), {}) is None
        whole = make_timeline(record, EventFilter(), {})
    assert whole is not None and whole.overview == []
    assert chart.overview == [
        (dt.date(2022, 2, day), count)
        for day, count in ((4, 1), (5, 0), (6, 0), (7, 0), (8, 0), (9, 2), (10, 3))
    ]
    (bar,) = chart.bars
    assert (bar.start, bar.end, bar.reports, bar.point.events) == (asked.since, asked.until, 1, 2)
    address = "/ledger?rows=events&firm=true&since=2022-02-09&until=2022-02-09"
    assert bar.links == {"": address} | {
        quad: f"{address}&quad={quad}"
        for quad in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    }
    assert (chart.before_day, chart.after_day) == (dt.date(2022, 2, 8), dt.date(2022, 2, 10))
    assert (chart.span.before, chart.span.after) == (1, 3)
    assert [bar.start.day for bar in whole.shown] == [10, 9, 4]


# Filter, and the method of the record that gives its series.
SERIES = [
    (EventFilter(party="GON"), "party_series"),
    (EventFilter(party="GON", firm=True), "event_series"),
    (EventFilter(dyad="ARN>GON"), "dyad_series"),
    (EventFilter(dyad="ARN>GON", firm=True), "event_series"),
    (EventFilter(), "event_series"),
]


@pytest.mark.parametrize(("wanted", "method"), SERIES)
def test_series_of_a_filter(wanted: EventFilter, method: str) -> None:
    asked: list[tuple[str, tuple[object, ...], dict[str, object]]] = []

    class Asking:
        def __getattr__(self, name: str) -> Callable[..., list[object]]:
            return lambda *given, **named: asked.append((name, given, named)) or []

    span = Span(dt.date(2022, 2, 1), dt.date(2022, 2, 3), "day")
    assert timelines.series_of(Asking(), wanted, span) == []  # type: ignore[arg-type]
    ((name, given, named),) = asked
    assert name == method
    if method == "event_series":
        assert given == (msgspec.structs.replace(wanted, since=span.since, until=span.until),)
        assert named == {"by": "day"}
    else:
        assert given == (("GON",) if method == "party_series" else ("ARN", "GON"))
        assert named == {"since": span.since, "until": span.until, "by": "day"}


# Days of a record of attacks and meetings: seven on one day, one on each of two others.
BUSY = [("attacked", "ASSAULT", "2022-05-10")] * 6 + [
    ("met", "CONSULT", "2022-05-10"), ("met", "CONSULT", "2022-05-01"), ("met", "CONSULT", "2022-06-09"),
]  # fmt: skip


def test_notable_day(tmp_path: Path) -> None:
    path = write_days(tmp_path / "days.sqlite", BUSY)
    with Record.open(path) as record:
        chart = make_timeline(record, EventFilter(), {"text": "x"})
        assert chart is not None
        (notable,) = chart.notable
        assert (notable.peak.day, notable.peak.events, notable.peak.usual) == (dt.date(2022, 5, 10), 7, 0)
        assert notable.href == "/ledger?rows=events&text=x&since=2022-05-10&until=2022-05-10"
        # The record is not grouped: the newest event is the lead.
        assert (notable.lead.event.id, notable.entry) == ("e6", None)
        regroup(record)
        chart = make_timeline(record, EventFilter(), {})
        assert chart is not None
        (notable,) = chart.notable
        assert notable.lead.event.event_type == "ASSAULT"
        assert notable.entry is not None and notable.entry.events == 6
        # Days beside the span are compared with, but are not listed.
        for since, until, count in (("2022-05-11", "2022-06-09", 0), ("2022-05-10", "2022-05-10", 1)):
            asked = read_asked(since, until, "")
            beside = make_timeline(record, EventFilter(), {}, asked)
            assert beside is not None and len(beside.notable) == count
    data = chart_data(chart, "Busy")
    assert (data["title"], data["by"], data["overview"]) == ("Busy", "day", [])
    assert data["notable"] == [{
        "day": "2022-05-10", "events": 7, "usual": 0, "words": "Arnor attacked Gondor.",
        "href": "/ledger?rows=events&since=2022-05-10&until=2022-05-10",
    }]  # fmt: skip
    long = notable.lead.event.evidence.__class__(0, 200, "x" * 141)
    lead = msgspec.structs.replace(
        notable.lead, event=msgspec.structs.replace(notable.lead.event, evidence=long)
    )
    data = chart_data(chart._replace(notable=[notable._replace(lead=lead)]), "")
    assert data["notable"][0]["words"] == "x" * 139 + "…"


def test_notable_day_of_threats_alone(tmp_path: Path) -> None:
    """Without an event told as a fact, the newest of the others represents the day."""
    path = write_days(tmp_path / "days.sqlite", [("attacked", "ASSAULT", "2022-05-10")] * 6)
    wanted = EventFilter()
    with Record.open(path) as record:
        day = msgspec.structs.replace(wanted, since=dt.date(2022, 5, 10), until=dt.date(2022, 5, 10))
        nothing = SimpleNamespace(
            most_reported=lambda given: [],
            page=lambda given, limit: ([] if given.firm else record.page(given, limit=limit)[0], None),
        )
        lead, entry = timelines._most_reported(nothing, day)
        assert (lead, entry) == (record.page(limit=1)[0][0], None)
