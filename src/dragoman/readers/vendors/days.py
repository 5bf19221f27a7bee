"""The day of an article as databases write it: "March 7, 2022 Monday", "Tuesday 10 May 2011 09:15 GMT"."""

from __future__ import annotations

import datetime as dt
import functools
import re

from dragoman.knowledge.calendar_words import load_calendar_words

# Apart from the day, such a line contains at most a weekday, a time and a time zone.
_LONGEST_DAY = 70


def find_day(text: str) -> dt.date | None:
    """Return the first day in a short text; None if there is none, or none that exists."""
    found = _pattern().search(text[:200])
    return _day(found) if found else None


def day_of_line(line: str) -> dt.date | None:
    """Return the day at the beginning of a line, after a weekday at most."""
    stripped = line.strip()
    if len(stripped) > _LONGEST_DAY:
        return None
    found = _pattern().match(stripped)
    return _day(found) if found else None


def _day(found: re.Match[str]) -> dt.date | None:
    name = (found["month"] or found["month2"]).lower()
    try:
        return dt.date(
            int(found["year"]), load_calendar_words().months[name], int(found["day"] or found["day2"])
        )
    except (ValueError, KeyError):
        return None


@functools.cache
def _pattern() -> re.Pattern[str]:
    words = load_calendar_words()
    months = "|".join(sorted((re.escape(m) for m in words.months), key=len, reverse=True))
    weekdays = "|".join(sorted((re.escape(d) for d in words.weekdays), key=len, reverse=True))
    month_first = rf"(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    day_first = rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]+(?P<month2>{months})\.?"
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:{weekdays})\.?,?\s+)?(?:{month_first}|{day_first}),?[\s-]+(?P<year>\d{{4}})(?!\d)"
    )
