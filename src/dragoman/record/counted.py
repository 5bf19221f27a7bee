"""Queries of stored counts: sums of whole years and of all days, and single days at the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from dragoman.record.queries import EventFilter, asks_more
from dragoman.record.rows import tie_key
from dragoman.record.tables import (
    ACTOR,
    ALL,
    ALL_DAYS,
    BETWEEN,
    CONTEXT,
    DYAD,
    FACTUALITY,
    PARTY,
    PLACE,
    PUBLISHER,
    RECIPIENT,
    SPEAKER,
    TYPE,
)

if TYPE_CHECKING:
    import datetime as dt

Values = list[str | float]
_COLUMNS = "key, quad_class, firm, events, intensity"
_LAST_MONTH, _LAST_DAY = 12, 31
# The part of the stored counts for each field of a filter.
PART_OF = {
    "actor": ACTOR, "recipient": RECIPIENT, "speaker": SPEAKER, "party": PARTY, "context": CONTEXT,
    "event_type": TYPE, "factuality": FACTUALITY, "publisher": PUBLISHER, "dyad": DYAD, "between": BETWEEN,
    "place": PLACE,
}  # fmt: skip


def stored_key(wanted: EventFilter) -> tuple[str, str] | None:
    """Return the part and key whose stored counts are those of a filter, or None if there are none.

    Stored counts cover filters of at most one field besides days, quad class and `firm`.
    """
    name = next((name for name in PART_OF if getattr(wanted, name) is not None), None)
    if asks_more(wanted, besides=(name,) if name else ()):
        return None
    if name is None:
        return ALL, ""
    value = getattr(wanted, name)
    return PART_OF[name], tie_key(*value) if name == "between" else str(value)


def is_only_of(wanted: EventFilter, part: str) -> bool:
    """Return True if a filter selects only by one key of a part, and possibly includes background."""
    fields = {name for name, of in PART_OF.items() if of == part} | {"background", "limit"}
    plain = msgspec.structs.asdict(EventFilter())
    return {name for name, value in msgspec.structs.asdict(wanted).items() if value != plain[name]} <= fields


def counts_of(part: str, wanted: EventFilter, *, key: str | None = None) -> tuple[str, Values]:
    """Return a query for (key, quad_class, firm, events, intensity) rows that add up to the counts of a part.

    A key may have several rows. The query reads as few rows as the days of the filter allow.

    Args:
        part: One of the parts of `daily`.
        wanted: The filter: its days, its quad class and `firm`; the rest is ignored.
        key: Only this key.
    """
    queries, values = [], cast("Values", [])
    for table, condition, bounds in _pieces(wanted.since, wanted.until):
        where = f"part = ? AND {condition}"
        given: Values = [part, *bounds]
        for name, value in (("key", key), ("quad_class", wanted.quad_class), ("firm", wanted.firm)):
            if value is not None:
                where += f" AND {name} = ?"
                given.append(value)
        queries.append(f"SELECT {_COLUMNS} FROM {table} WHERE {where}")
        values += given
    return " UNION ALL ".join(queries), values


def _pieces(since: dt.date | None, until: dt.date | None) -> list[tuple[str, str, Values]]:
    """Return the table, condition and values for each piece of a range of days."""
    if since is None and until is None:
        return [("sums", "span = ?", [ALL_DAYS])]
    days, bounds = "day > ''", cast("Values", [])
    for compare, day in ((">=", since), ("<=", until)):
        if day is not None:
            days += f" AND day {compare} ?"
            bounds.append(day.isoformat())
    first = 0 if since is None else since.year + ((since.month, since.day) > (1, 1))
    last = 9999 if until is None else until.year - ((until.month, until.day) < (_LAST_MONTH, _LAST_DAY))
    if first > last:
        return [("daily", days, bounds)]
    pieces: list[tuple[str, str, Values]] = [("sums", "span BETWEEN ? AND ?", [f"{first:04}", f"{last:04}"])]
    # The days before the first whole year and after the last.
    if since is not None and since.year < first:
        pieces.append(("daily", "day BETWEEN ? AND ?", [since.isoformat(), f"{since.year:04}-12-31"]))
    if until is not None and until.year > last:
        pieces.append(("daily", "day BETWEEN ? AND ?", [f"{until.year:04}-01-01", until.isoformat()]))
    return pieces
