"""Calendar arithmetic over intervals of days. Nothing here reads a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dragoman.model.days import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.knowledge.calendar_words import CalendarWords
    from dragoman.model.terms import Precision

_DAY = dt.timedelta(days=1)
# A report that was changed after its day of publication mostly refers to so many days more.
CHANGED_WITHIN = 3
# What "early", "mid" and "late" leave of a month, a season or a year: a third each.
PARTS = {
    "early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2, "close": 2,
}  # fmt: skip


class Interval(NamedTuple):
    """First and last day, inclusive."""

    first: dt.date
    last: dt.date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Moment:
    """When a report is read from: its day, and whether the words look back (-1) or ahead (+1).

    `written_until` is how many days after its day a report that was changed since still refers to.
    """

    published: dt.date | None
    direction: int
    words: CalendarWords
    written_until: int = 0


def within_calendar(make: Callable[[], Interval | None]) -> Interval | None:
    """Return the interval that a function gives, or None when it is outside the supported years.

    "In the past 202 decades" may give days that do not exist.
    """
    try:
        found = make()
    except (OverflowError, ValueError):
        return None
    is_inside = found is not None and found.first.year >= FIRST_YEAR and found.last.year <= LAST_YEAR
    return found if is_inside else None


def one_day(day: dt.date) -> Interval:
    """Return the interval of one day."""
    return Interval(day, day, "day")


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Return a day, or None when the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Interval:
    """Return a month; months beyond 1-12 run over into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return Interval(dt.date(year, month, 1), following - _DAY, "month")


def year_of(year: int) -> Interval:
    """Return a year."""
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def years(first: int, last: int) -> Interval:
    """Return the years `first` to `last`, inclusive."""
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")


def week_of(day: dt.date, weeks: int = 0) -> Interval:
    """Return the week, Monday to Sunday, that lies `weeks` from that of a day."""
    monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=weeks)
    return Interval(monday, monday + dt.timedelta(days=6), "range")


def weekend_of(day: dt.date, weeks: int = 0) -> Interval:
    """Return the Saturday and Sunday of a week."""
    week = week_of(day, weeks)
    return Interval(week.first + dt.timedelta(days=5), week.last, "range")


def months(year: int, first: int, count: int) -> Interval:
    """Return `count` months from a month on."""
    return Interval(month_of(year, first).first, month_of(year, first + count - 1).last, "range")


def part_of(whole: Interval, part: str) -> Interval:
    """Return the early, middle or late third of an interval; of a year, four months."""
    which = PARTS[part]
    if whole.precision == "year":
        return months(whole.first.year, 1 + 4 * which, 4)
    days = (whole.last - whole.first).days + 1
    cuts = [0, days // 3, days - days // 3, days]
    first = whole.first + dt.timedelta(days=cuts[which])
    return Interval(first, whole.first + dt.timedelta(days=cuts[which + 1] - 1), "range")


def shift_months(day: dt.date, count: int) -> dt.date:
    """Return the day `count` months on, or the last of that month if it is shorter."""
    target = month_of(day.year, day.month + count)
    return target.first.replace(day=min(day.day, target.last.day))


def far_back(day: dt.date, unit: str, count: int) -> Interval | None:
    """Return the day, week, month or year that lies `count` units before a day; later when it is negative.

    None when it is outside the supported years.
    """
    return within_calendar(lambda: _counted_back(day, unit, count))


def _counted_back(day: dt.date, unit: str, count: int) -> Interval:
    if unit == "day":
        return one_day(day - dt.timedelta(days=count))
    if unit == "week":
        return week_of(day, -count)
    if unit == "month":
        return month_of(day.year, day.month - count)
    return year_of(day.year - count * {"year": 1, "decade": 10, "century": 100}[unit])


def nearest_weekday(weekday: int, published: dt.date, direction: int, written_until: int = 0) -> dt.date:
    """Return the last such day up to the day of the report, or the next one from it on.

    News names a weekday for the seven days before and after; the day of the report may be named too.

    Args:
        weekday: 0 for Monday.
        published: The day of the report.
        direction: -1 for what was, +1 for what will be.
        written_until: So many days after its day the report was still written on: they are in its past.
    """
    if direction > 0 or (weekday - published.weekday()) % 7 <= written_until:
        return published + dt.timedelta(days=(weekday - published.weekday()) % 7)
    return published - dt.timedelta(days=(published.weekday() - weekday) % 7)


def nearest_month(month: int, published: dt.date, direction: int) -> Interval:
    """Return the last such month up to that of the report, or the next one from it on."""
    year = published.year
    if direction > 0:
        year += month < published.month
    else:
        year -= month > published.month
    return month_of(year, month)


def nearest_day(month: int, day: int, published: dt.date, direction: int) -> dt.date | None:
    """Return the last such day up to the report, or the next one from it on.

    A day shortly after the report is one of a report that was changed since, not one of a year ago.
    """
    candidates = [make_day(published.year + step, month, day) for step in (-1, 0, 1)]
    dates = [date for date in candidates if date is not None]
    if direction > 0:
        return min((date for date in dates if date >= published), default=None)
    return max((date for date in dates if date <= published + CHANGED_WITHIN * _DAY), default=None)


def span(first: Interval, last: Interval) -> Interval | None:
    """Return the interval from one to another; None when they stand the wrong way round."""
    if last.last < first.first:
        return None
    return Interval(first.first, last.last, "range" if first != last else first.precision)
