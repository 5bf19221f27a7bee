"""Calendar arithmetic over intervals of days. No function here reads text."""

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
# Maximum number of days after publication that an updated report usually refers to.
CHANGED_WITHIN = 3
# "The first half of" a month or a year.
HALVES = {"first": 0, "second": 1}
# "Early", "mid" and "late" each denote a third of a month, a season or a year.
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
    """Reference point of a report: its day, and whether the words refer to the past (-1) or the future (+1).

    `written_until` is the number of days after its day that an updated report may still refer to.
    """

    published: dt.date | None
    direction: int
    words: CalendarWords
    written_until: int = 0


def within_calendar(make: Callable[[], Interval | None]) -> Interval | None:
    """Return the interval that a function computes, or None when it is outside the supported years.

    "In the past 202 decades" may refer to days that do not exist.
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
    """Return a month; month numbers outside 1-12 carry over into adjacent years."""
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
    """Return the week, Monday to Sunday, `weeks` weeks from that of a day."""
    monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=weeks)
    return Interval(monday, monday + dt.timedelta(days=6), "range")


def weekend_of(day: dt.date, weeks: int = 0) -> Interval:
    """Return the Saturday and Sunday of a week."""
    week = week_of(day, weeks)
    return Interval(week.first + dt.timedelta(days=5), week.last, "range")


def months(year: int, first: int, count: int) -> Interval:
    """Return the interval of `count` months that begins with a given month."""
    return Interval(month_of(year, first).first, month_of(year, first + count - 1).last, "range")


def part_of(whole: Interval, part: str) -> Interval:
    """Return the early, middle or late third of an interval; of a year, four months.

    Args:
        whole: A month or a year.
        part: A word of `PARTS`, or *first* or *second* for a half.
    """
    if part in HALVES:
        return _half_of(whole, HALVES[part])
    which = PARTS[part]
    if whole.precision == "year":
        return months(whole.first.year, 1 + 4 * which, 4)
    days = (whole.last - whole.first).days + 1
    cuts = [0, days // 3, days - days // 3, days]
    first = whole.first + dt.timedelta(days=cuts[which])
    return Interval(first, whole.first + dt.timedelta(days=cuts[which + 1] - 1), "range")


def _half_of(whole: Interval, which: int) -> Interval:
    if whole.precision == "year":
        return months(whole.first.year, 1 + 6 * which, 6)
    middle = whole.first + dt.timedelta(days=((whole.last - whole.first).days + 1) // 2)
    if which:
        return Interval(middle, whole.last, "range")
    return Interval(whole.first, middle - dt.timedelta(days=1), "range")


def shift_months(day: dt.date, count: int) -> dt.date:
    """Return the day `count` months later, or the last day of that month if it is shorter."""
    target = month_of(day.year, day.month + count)
    return target.first.replace(day=min(day.day, target.last.day))


def far_back(day: dt.date, unit: str, count: int) -> Interval | None:
    """Return the day, week, month or year `count` units before a day; after it when `count` is negative.

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
    """Return the last such weekday up to the day of the report, or the next one from that day.

    News uses weekday names for the seven days before and after, and sometimes for the day of the report.

    Args:
        weekday: 0 for Monday.
        published: The day of the report.
        direction: -1 for the past, +1 for the future.
        written_until: Number of days after `published` on which the report was still edited; these count as
            past.
    """
    if direction > 0 or (weekday - published.weekday()) % 7 <= written_until:
        return published + dt.timedelta(days=(weekday - published.weekday()) % 7)
    return published - dt.timedelta(days=(published.weekday() - weekday) % 7)


def nearest_month(month: int, published: dt.date, direction: int) -> Interval:
    """Return the last such month up to that of the report, or the next one from that month."""
    year = published.year
    if direction > 0:
        year += month < published.month
    else:
        year -= month > published.month
    return month_of(year, month)


def nearest_day(month: int, day: int, published: dt.date, direction: int) -> dt.date | None:
    """Return the last such day up to the report, or the next one from the report.

    A day shortly after the report belongs to a later update of the report, not to the previous year.
    """
    candidates = [make_day(published.year + step, month, day) for step in (-1, 0, 1)]
    dates = [date for date in candidates if date is not None]
    if direction > 0:
        return min((date for date in dates if date >= published), default=None)
    return max((date for date in dates if date <= published + CHANGED_WITHIN * _DAY), default=None)


def span(first: Interval, last: Interval) -> Interval | None:
    """Return the interval from one date to another, or None when they are in reverse order."""
    if last.last < first.first:
        return None
    return Interval(first.first, last.last, "range" if first != last else first.precision)
