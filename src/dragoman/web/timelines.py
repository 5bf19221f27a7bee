"""Timelines of event counts: days of a chart, length of its periods, and links of its counts."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from dragoman.analysis.filters import read_day
from dragoman.analysis.peaks import AROUND, find_peaks
from dragoman.errors import UsageError
from dragoman.model.days import shift_days
from dragoman.model.escaping import plain
from dragoman.model.terms import QUAD_CLASSES
from dragoman.record.answers import DyadPoint
from dragoman.record.pairs import PERIODS, period_of, periods_between
from dragoman.record.queries import EventFilter
from dragoman.record.tables import ARROW
from dragoman.web.links import events_link
from dragoman.web.marks import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.analysis.peaks import Peak
    from dragoman.record.answers import StoredEntry, StoredEvent
    from dragoman.record.pairs import Period
    from dragoman.record.store import Record

# Maximum share of events at each end that may be far outliers without extending the chart.
_TAIL = 0.02
# The same share for events of a single day; and the fewest events among which any counts as an outlier.
_DAY, _ENOUGH = 0.1, 5
# An end is far off if its distance exceeds this multiple of the remaining span, and this many days.
_FAR, _FAR_DAYS = 2, 60
# No chart has more periods than this.
MOST_PERIODS = 1200
_LENGTHS: tuple[tuple[Period, int], ...] = (("day", 92), ("week", 900), ("month", 365 * 25))


class Span(NamedTuple):
    """Days shown by a chart.

    Attributes:
        since: First day.
        until: Last day.
        by: The length of a period.
        before: Number of events before the first day.
        after: Number of events after the last day.
        chosen: Whether the user chose the days.
    """

    since: dt.date
    until: dt.date
    by: Period
    before: int = 0
    after: int = 0
    chosen: bool = False


class Asked(NamedTuple):
    """User's choices for a chart: first day, last day and period length; None if not chosen."""

    since: dt.date | None = None
    until: dt.date | None = None
    by: Period | None = None


ANY = Asked()


class Bar(NamedTuple):
    """Period of a chart.

    Attributes:
        start: Its first day inside the chart.
        end: Its last day inside the chart.
        point: The counts of its events.
        reports: Number of reports published in it.
        links: Address of the list of its events, by quad class; "" for all.
    """

    start: dt.date
    end: dt.date
    point: DyadPoint
    reports: int
    links: dict[str, str]


class Notable(NamedTuple):
    """Day with far more events than the days around it.

    Attributes:
        peak: The day, its number of events and the usual number.
        href: Address of the list of its events.
        lead: Event representing what was reported most on this day.
        entry: Entry of that event; None if the record is not grouped.
    """

    peak: Peak
    href: str
    lead: StoredEvent
    entry: StoredEntry | None


class Timeline(NamedTuple):
    """Chart of event counts over time.

    Attributes:
        span: Its days.
        bars: Its periods.
        overview: Coarser series of all days, from which to choose a span.
        query: The filter of its events as a query of the ledger.
        notable: Notable days of the span, in order.
    """

    span: Span
    bars: list[Bar]
    overview: list[tuple[dt.date, int]]
    query: dict[str, str]
    notable: list[Notable]

    @property
    def shown(self) -> list[Bar]:
        """The periods with events, the newest first."""
        return [bar for bar in reversed(self.bars) if bar.point.events]

    @property
    def before_day(self) -> dt.date:
        """The last day before the chart."""
        return shift_days(self.span.since, -1)

    @property
    def after_day(self) -> dt.date:
        """The first day after the chart."""
        return shift_days(self.span.until, 1)


def read_asked(since: str, until: str, by: str) -> Asked:
    """Parse the span and the period length chosen by the user.

    Raises:
        UsageError: A day or a length is invalid.
    """
    if by not in ("", *PERIODS):
        raise UsageError(message=f"by {by!r}: use one of {', '.join(PERIODS)}")
    first = read_day(since, "since") if since else None
    last = read_day(until, "until") if until else None
    if first and last and first > last:
        raise UsageError(message=f"since {first} is after until {last}; swap them")
    return Asked(first, last, cast("Period", by) if by else None)


def choose_span(days: Mapping[dt.date, int], asked: Asked = ANY) -> Span | None:
    """Choose the days of a chart; a single distant event does not stretch it.

    Args:
        days: How many events each day has.
        asked: The user's choices; a given first or last day is kept.

    Returns:
        The span, or None if there are no events.
    """
    if not days:
        return None
    ordered = sorted(days)
    first, last = ordered[0], ordered[-1]
    core_first, core_last = _without_tail(ordered, days), _without_tail(ordered[::-1], days)
    core = max((core_last - core_first).days, 0)
    far = max(core * _FAR, _FAR_DAYS)
    if (core_first - first).days > far:
        first = core_first
    if (last - core_last).days > far:
        last = core_last
    since, until = asked.since or min(first, last), asked.until or max(first, last)
    if since > until:
        since = until = asked.since or asked.until or since
    by = asked.by or length_of(since, until)
    while _periods(since, until, by) > MOST_PERIODS:
        by = PERIODS[PERIODS.index(by) + 1]
    # Whole periods, unless the user chose the days.
    since = since if asked.since else period_of(since, by)
    until = until if asked.until else period_end(period_of(until, by), by)
    before = sum(count for day, count in days.items() if day < since)
    after = sum(count for day, count in days.items() if day > until)
    return Span(since, until, by, before, after, chosen=bool(asked.since or asked.until))


def _without_tail(ordered: Sequence[dt.date], days: Mapping[dt.date, int]) -> dt.date:
    """Return the first of the ordered days after skipping the few outermost events."""
    total = sum(days.values())
    if total < _ENOUGH:
        return ordered[0]
    # All events of the outermost day may be outliers if they are few.
    spare = max(int(total * _TAIL), days[ordered[0]] if days[ordered[0]] <= total * _DAY else 0, 1)
    passed = 0
    for day in ordered:
        passed += days[day]
        if passed > spare:
            return day
    return ordered[-1]


def length_of(since: dt.date, until: dt.date) -> Period:
    """Choose the length of a period so that a chart has a few dozen bars."""
    span = (until - since).days
    return next((by for by, most in _LENGTHS if span <= most), "year")


def _periods(since: dt.date, until: dt.date, by: Period) -> int:
    return (until - since).days // {"day": 1, "week": 7, "month": 30, "year": 365}[by] + 1


def period_end(start: dt.date, by: str) -> dt.date:
    """Return the last day of a period."""
    if by == "day":
        return start
    if by == "week":
        return shift_days(start, 6)
    if by == "month":
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start.replace(month=12, day=31)


def days_of_filter(record: Record, wanted: EventFilter) -> dict[dt.date, int]:
    """Return the number of events of a filter by day."""
    return {dt.date.fromisoformat(day): count for day, count in record.counts(wanted, by="day").items()}


def make_timeline(
    record: Record, wanted: EventFilter, query: dict[str, str], asked: Asked = ANY
) -> Timeline | None:
    """Count the events of a filter over time.

    Args:
        record: The record.
        wanted: The filter.
        query: The same filter as a query of the ledger.
        asked: The days and period length chosen by the user.

    Returns:
        The chart, or None if no event has a day.
    """
    days = days_of_filter(record, wanted)
    span = choose_span(days, asked)
    if span is None:
        return None
    reports = record.reports_by_period(by=span.by, since=span.since, until=span.until)
    bars = make_bars(record, wanted, query, span, reports)
    overview: dict[dt.date, int] = {}
    whole = choose_span(days)
    if whole is not None and span.chosen:
        by = length_of(whole.since, whole.until)
        overview = dict.fromkeys(periods_between(whole.since, whole.until, by), 0)
        for point in series_of(record, wanted, whole._replace(by=by)):
            overview[point.start] = point.events
    notable = find_notable(record, wanted, query, days, span)
    return Timeline(span, bars, sorted(overview.items()), query, notable)


def find_notable(
    record: Record, wanted: EventFilter, query: dict[str, str], days: Mapping[dt.date, int], span: Span
) -> list[Notable]:
    """Find the notable days of a span, each with the event reported most on it.

    Args:
        record: The record.
        wanted: The filter.
        query: The same filter as a query of the ledger.
        days: How many events each day has.
        span: The span; days outside it are used for comparison but not returned.
    """
    inside = {
        day: count for day, count in days.items()
        if shift_days(span.since, -AROUND) <= day <= shift_days(span.until, AROUND)
    }  # fmt: skip
    found = []
    for peak in find_peaks(inside, within=(span.since, span.until)):
        href = events_link(**{**query, "since": str(peak.day), "until": str(peak.day)})
        of_day = msgspec.structs.replace(wanted, since=peak.day, until=peak.day)
        lead, entry = _most_reported(record, of_day)
        found.append(Notable(peak, href, lead, entry))
    return found


def _most_reported(record: Record, of_day: EventFilter) -> tuple[StoredEvent, StoredEntry | None]:
    """Return the most reported event of a day, preferably one asserted as a fact, and its entry."""
    firm = msgspec.structs.replace(of_day, firm=True)
    for wanted in (firm, of_day):
        for entry, event in record.most_reported(wanted):
            return event, entry
    events = record.page(firm, limit=1)[0] or record.page(of_day, limit=1)[0]
    return events[0], None


def make_bars(
    record: Record, wanted: EventFilter, query: dict[str, str], span: Span,
    reports: Mapping[dt.date, int] | None = None,
) -> list[Bar]:  # fmt: skip
    """Count the events of a filter in each period of a span, with zeros for periods without events.

    Args:
        record: The record.
        wanted: The filter.
        query: The same filter as a query of the ledger.
        span: The span.
        reports: Number of reports in each period, by its first day; None if not shown.
    """
    points = {point.start: point for point in series_of(record, wanted, span)}
    reports = reports or {}
    bars = []
    for start in periods_between(span.since, span.until, span.by):
        first, last = max(start, span.since), min(period_end(start, span.by), span.until)
        point = points.get(start) or DyadPoint(start=start, events=0, counts={}, intensity=0.0)
        links = {
            quad: events_link(**{**query, "since": str(first), "until": str(last), "quad": quad})
            for quad in ("", *QUAD_CLASSES)
        }
        bars.append(Bar(first, last, point, reports.get(start, 0), links))
    return bars


def series_of(record: Record, wanted: EventFilter, span: Span) -> list[DyadPoint]:
    """Return the series of a filter in a span, from stored daily counts if available."""
    if wanted.party is not None and wanted == EventFilter(party=wanted.party):
        return record.party_series(wanted.party, since=span.since, until=span.until, by=span.by)
    if wanted.dyad is not None and wanted == EventFilter(dyad=wanted.dyad):
        actor, _, recipient = wanted.dyad.partition(ARROW)
        return record.dyad_series(actor, recipient, since=span.since, until=span.until, by=span.by)
    within = msgspec.structs.replace(wanted, since=span.since, until=span.until)
    return record.event_series(within, by=span.by)


def chart_data(timeline: Timeline, title: str) -> dict[str, Any]:
    """Return the data for the script of a chart."""
    return {
        "title": title,
        "by": timeline.span.by,
        "overview": [[str(day), count] for day, count in timeline.overview],
        "notable": [
            {
                "day": str(each.peak.day), "events": each.peak.events, "usual": each.peak.usual,
                "href": each.href, "words": plain(shorten(each.lead.event.evidence.text, 140)),
            }
            for each in timeline.notable
        ],
        "bars": [
            {
                "start": str(bar.start), "end": str(bar.end), "counts": bar.point.counts,
                "events": bar.point.events, "reports": bar.reports, "href": bar.links[""],
                "intensity": bar.point.intensity if bar.point.events else None,
            }
            for bar in timeline.bars
        ],
    }  # fmt: skip
