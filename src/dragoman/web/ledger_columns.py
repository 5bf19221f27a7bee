"""Columns of the ledger table: those available and those chosen by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis.filters import near
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

# Available columns in order, with their headings.
COLUMNS = {
    "day": "day", "type": "type", "mode": "mode", "class": "class", "actor": "actor",
    "recipient": "recipient", "speaker": "according to", "factuality": "factuality",
    "confidence": "probability", "issue": "issue", "place": "place", "words": "words",
    "publisher": "publisher", "reports": "events in reports",
}  # fmt: skip
_USUAL = ("day", "type", "actor", "recipient", "factuality", "words")


def usual_columns(rows: str) -> tuple[str, ...]:
    """Return the default columns of entries or of events."""
    return (*_USUAL, "reports" if rows == "entries" else "publisher")


def read_columns(given: Iterable[str], rows: str) -> tuple[str, ...]:
    """Return the chosen columns in order: comma-separated names, in one or several parameters.

    Args:
        given: The values of the parameter; empty for the default columns.
        rows: "entries" or "events"; events of single reports have no number of reports.

    Raises:
        UsageError: A column is unknown; the message lists similar ones.
    """
    names = [name.strip() for value in given for name in value.split(",") if name.strip()]
    for name in names:
        if name not in COLUMNS:
            raise UsageError(message=f"no column {name!r}; {near(name, list(COLUMNS))}")
    chosen = tuple(name for name in COLUMNS if name in names and (rows == "entries" or name != "reports"))
    return chosen or usual_columns(rows)
