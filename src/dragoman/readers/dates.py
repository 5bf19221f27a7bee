"""Publication dates as files write them: the day at the place of publication, never a guess."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from dragoman.errors import BadDateError, UsageError
from dragoman.model.days import is_publication_day

# 20220204, 20220204T120000Z (GDELT), 20220204120000.
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?!\d)")
_NAMED = re.compile(r"(?:(\d{1,2})\s+([A-Za-z]{3,9})|([A-Za-z]{3,9})\s+(\d{1,2}))\.?,?\s+(\d{4})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
# How dates in numbers alone (03/04/2022) can be declared to be written.
DAY_FIRST, MONTH_FIRST = "day first", "month first"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
# What a user can do about a date that may be read in two ways.
HOW_WRITTEN = ", or say how it is written: --dayfirst, --monthfirst or --date-format"


def read_date(value: object, *, where: str) -> dt.date | None:
    """Read a publication date: a date, YYYY-MM-DD with or without a time, GDELT's form, an RFC 822 date.

    A time zone is not applied: the day is the one that the publisher wrote. Forms that can be read two
    ways (03/04/2022) are refused.

    Raises:
        BadDateError: It is not a date.
    """
    if value is None or value == "":
        return None
    found: dt.date | None = None
    if isinstance(value, dt.datetime):
        found = value.date()
    elif isinstance(value, dt.date):
        found = value
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        found = parse_date(str(value))
    if found is None or not is_publication_day(found):
        hint = HOW_WRITTEN if is_ambiguous(str(value)) else ""
        raise BadDateError(where=where, value=_short(value), hint=hint)
    return found


def parse_date(text: str) -> dt.date | None:
    """Read the day out of a date in a known form; None if it is in no known form."""
    text = text.strip()
    if not text or len(text) > 100:
        return None
    try:
        iso = _ISO.match(text)
        if iso:
            return dt.date(*map(int, iso.groups()))
        compact = _COMPACT.fullmatch(text)
        if compact:
            return dt.date(*map(int, compact.groups()))
        named = _NAMED.search(text)
        if named:
            return _from_names(named)
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def check_date_form(form: str | None) -> str | None:
    """Return a form of dates if it is one: "day first", "month first", or a format such as %d.%m.%Y.

    Raises:
        UsageError: It is not one; says what a format needs.
    """
    if form is None or form in (DAY_FIRST, MONTH_FIRST):
        return form
    try:
        day = dt.date(2003, 11, 25)
        is_whole = dt.datetime.strptime(day.strftime(form), form).date() == day
    except ValueError:
        is_whole = False
    if not is_whole:
        message = f"date format {form!r}: needs a day, a month and a year, as in %d.%m.%Y or %d/%m/%y"
        raise UsageError(message=message)
    return form


def read_in_form(value: object, form: str | None) -> object:
    """Return the day of a date written in a form, or the value unchanged when it is written otherwise.

    Day first and month first concern only what can be read in two ways; a format concerns every date.
    """
    if form is None or not isinstance(value, str):
        return value
    text = value.strip()
    try:
        if form not in (DAY_FIRST, MONTH_FIRST):
            return dt.datetime.strptime(text, form).date()
        numbers = _NUMBERS.match(text)
        if numbers is None:
            return value
        one, other, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
        return dt.date(year, other, one) if form == DAY_FIRST else dt.date(year, one, other)
    except ValueError:
        return value


def is_ambiguous(text: str) -> bool:
    """Return True for a day in numbers alone, which does not say which of them is the month: 03/04/2022."""
    return _NUMBERS.match(text.strip()) is not None


def _from_names(named: re.Match[str]) -> dt.date | None:
    day, month = named[1] or named[4], (named[2] or named[3]).lower()
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(month[:3]) and (name.startswith(month) or month == "sept"):
            return dt.date(int(named[5]), number, int(day))
    return None


def _short(value: object) -> object:
    return value if isinstance(value, (int, float, bool)) else str(value)[:60]
