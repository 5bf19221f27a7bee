"""Publication dates in the forms found in files: the day at the place of publication, never a guess."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from email.utils import parsedate_to_datetime

from dragoman.errors import BadDateError, UsageError
from dragoman.model.days import is_publication_day

# 20220204, 20220204T120000Z (GDELT), 20220204120000.
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?!\d)")
_NAMED = re.compile(r"(?:(\d{1,2})\s+([A-Za-z]{3,9})|([A-Za-z]{3,9})\s+(\d{1,2}))\.?,?\s+(\d{4})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
# The forms that can be declared for numeric dates (03/04/2022).
DAY_FIRST, MONTH_FIRST = "day first", "month first"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
# Advice for a date that is ambiguous.
HOW_WRITTEN = ", or say how it is written: --dayfirst, --monthfirst or --date-format"


def read_date(value: object, *, where: str) -> dt.date | None:
    """Read a publication date: a date, YYYY-MM-DD with or without a time, GDELT's form, an RFC 822 date.

    A time zone is not applied: the day is the one that the publisher wrote. Ambiguous forms (03/04/2022) are
    rejected.

    Raises:
        BadDateError: The value is not a date.
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
    """Return the day of a date in a known form; None if the form is unknown."""
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
    """Return a form of dates if it is valid: "day first", "month first", or a format such as %d.%m.%Y.

    Raises:
        UsageError: The form is invalid; the message states what a format requires.
    """
    if form is None or form in (DAY_FIRST, MONTH_FIRST):
        return form
    try:
        day = dt.date(2003, 11, 25)
        with warnings.catch_warnings():
            # Python warns of formats without a year, which are refused here.
            warnings.simplefilter("ignore", DeprecationWarning)
            is_whole = dt.datetime.strptime(day.strftime(form), form).date() == day
    except ValueError:
        is_whole = False
    if not is_whole:
        message = f"date format {form!r}: needs a day, a month and a year, as in %d.%m.%Y or %d/%m/%y"
        raise UsageError(message=message)
    return form


def read_in_form(value: object, form: str | None) -> object:
    """Return the day of a date written in a form, or the value unchanged if it has another form.

    Day first and month first apply only to ambiguous dates; a format applies to every date.
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
    """Return True for a numeric date in which either number could be the month: 03/04/2022."""
    return _NUMBERS.match(text.strip()) is not None


def _from_names(named: re.Match[str]) -> dt.date | None:
    day, month = named[1] or named[4], (named[2] or named[3]).lower()
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(month[:3]) and (name.startswith(month) or month == "sept"):
            return dt.date(int(named[5]), number, int(day))
    return None


def _short(value: object) -> object:
    return value if isinstance(value, (int, float, bool)) else str(value)[:60]
