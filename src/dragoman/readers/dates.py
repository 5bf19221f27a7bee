"""Publication dates as files write them: the day at the place of publication, never a guess."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from dragoman.errors import BadDateError
from dragoman.model.days import is_publication_day

# 20220204, 20220204T120000Z (GDELT), 20220204120000.
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?!\d)")
_NAMED = re.compile(r"(?:(\d{1,2})\s+([A-Za-z]{3,9})|([A-Za-z]{3,9})\s+(\d{1,2}))\.?,?\s+(\d{4})(?!\d)")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip


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
        raise BadDateError(where=where, value=_short(value))
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


def _from_names(named: re.Match[str]) -> dt.date | None:
    day, month = named[1] or named[4], (named[2] or named[3]).lower()
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(month[:3]) and (name.startswith(month) or month == "sept"):
            return dt.date(int(named[5]), number, int(day))
    return None


def _short(value: object) -> object:
    return value if isinstance(value, (int, float, bool)) else str(value)[:60]
