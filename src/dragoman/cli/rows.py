"""Rows on standard output: as a table, as CSV, as JSON lines."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from typing import TYPE_CHECKING

import msgspec
from rich.table import Table
from rich.text import Text

from dragoman.cli.output import console
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def print_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str], form: str) -> None:
    """Print rows in the form asked for.

    Raises:
        UsageError: The form is none of ours.
    """
    if form == "jsonl":
        for row in rows:
            sys.stdout.write(msgspec.json.encode(row).decode("utf-8") + "\n")
    elif form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    elif form == "table":
        table = Table(show_edge=False, pad_edge=False)
        for name in columns:
            table.add_column(name.replace("_", " "), overflow="fold")
        for row in rows:
            cells = ("" if row[name] is None else str(row[name]) for name in columns)
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    else:
        raise UsageError(message=f"--format {form!r}: use table, jsonl or csv")


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from taking a report's words for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def read_day(text: str | None, option: str) -> dt.date | None:
    """Read a day given on the command line."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(message=f"{option} {text!r}: write a day as YYYY-MM-DD") from None


def _cell(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else "" if value is None else value
