"""Mapping of field names of reports: our own, those of news-please and GDELT, and a caller's.

A field is looked up under the caller's name for it if there is one, else under our own, else under the names
below. The headline replaces the text only in the article lists of GDELT, which have no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import ColumnError, UsageError
from dragoman.readers.dates import read_in_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("id", "text", "title", "published_on", "publisher", "url")

# Names in other programs, in order of reliability.
ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("maintext", "body", "content", "article_text", "full_text"),
    "title": ("headline",),
    "published_on": (
        "date_publish", "published_at", "date_published", "publication_date", "published", "pubdate",
        "seendate", "date",
    ),
    "publisher": ("source_domain", "outletName", "domain", "source"),
    "url": ("link", "source_url"),
}  # fmt: skip
# Values that stand for a missing value in these formats.
_NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a"})


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Check a mapping of our fields to a caller's columns.

    Raises:
        UsageError: A field is not one of ours, or its column has no name.
    """
    for name, column in (columns or {}).items():
        if name not in FIELDS:
            raise UsageError(message=f"columns: {name!r} is no field; use {', '.join(FIELDS)}")
        if not isinstance(column, str) or not column:
            raise UsageError(message=f"columns: {name!r} needs the name of a column")
    return dict(columns or {})


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """Parse a mapping typed by a user: our field, an equals sign, their column; several separated by commas.

    Raises:
        UsageError: A part does not have this form.
    """
    columns: dict[str, str] = {}
    for part in (part for text in given for part in text.split(",") if part.strip()):
        field, _, column = part.partition("=")
        if not field.strip() or not column.strip():
            raise UsageError(message=f"column {part!r}: write our field, =, and your column: text=body")
        columns[field.strip()] = column.strip()
    return check_columns(columns)


def find_fields(
    row: Mapping[str, Any], columns: Mapping[str, str], *, where: str, date_form: str | None = None
) -> dict[str, Any]:
    """Return the fields of a report from a row or an object, under our names.

    Args:
        row: The row or object.
        columns: Our field to the caller's column.
        where: For error messages.
        date_form: The form of its dates, if they are ambiguous.

    Raises:
        ColumnError: A column that the caller named does not exist.
    """
    fields: dict[str, Any] = {}
    for name in FIELDS:
        column = columns.get(name)
        if column is not None:
            if column not in row:
                raise ColumnError(where=where, wanted=column, found=name_columns(row))
            fields[name] = row[column]
            continue
        for candidate in (name, *ALIASES.get(name, ())):
            if candidate in row and not _is_nothing(row[candidate]):
                fields[name] = row[candidate]
                break
    if "text" not in fields and _is_gdelt(row):
        fields["text"] = row.get("desc") or row.get("title")
    if "published_on" in fields:
        fields["published_on"] = read_in_form(fields["published_on"], date_form)
    return fields


def pick_columns(header: Iterable[str], columns: Mapping[str, str], *, where: str) -> list[str]:
    """Return the columns of a table that contain fields of a report, in the table's order.

    Raises:
        ColumnError: A column that the caller named does not exist, or none contains the text.
    """
    names = list(header)
    for column in columns.values():
        if column not in names:
            raise ColumnError(where=where, wanted=column, found=name_columns(names))
    gdelt = _is_gdelt(dict.fromkeys(names))
    if "text" not in columns and not gdelt and not any(n in names for n in ("text", *ALIASES["text"])):
        raise ColumnError(where=where, wanted="text", found=name_columns(names))
    wanted = set(FIELDS) | set(columns.values()) | {n for known in ALIASES.values() for n in known}
    wanted |= {"desc"} if gdelt else set()
    return [name for name in names if name in wanted]


def name_columns(row: Iterable[str], most: int = 12) -> str:
    """Return the names of the columns of a table in one short line."""
    names = [str(name)[:40] for name in row]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return (", ".join(names[:most]) or "none") + more


def _is_gdelt(row: Mapping[str, Any]) -> bool:
    return "url" in row and "title" in row and "domain" in row and ("seendate" in row or "desc" in row)


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING)
