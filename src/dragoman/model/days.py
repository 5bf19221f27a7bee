"""Ranges of supported days, and arithmetic that stays within the calendar."""

from __future__ import annotations

import datetime as dt

# Years of events. Days outside this range are errors of a report or a parser, and arithmetic on them could
# leave the calendar.
FIRST_YEAR, LAST_YEAR = 1500, 2199
# Publication days: no newspaper is older, and a date in the far future is an error.
FIRST_PUBLISHED, LAST_PUBLISHED = dt.date(1600, 1, 1), dt.date(2199, 12, 31)


def shift_days(day: dt.date, days: int) -> dt.date:
    """Return the day shifted by a number of days, which may be negative, clipped to the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def is_publication_day(day: dt.date) -> bool:
    """Return True for a day on which a report can have been published."""
    return FIRST_PUBLISHED <= day <= LAST_PUBLISHED
