"""Output of rows as a table, CSV or JSON lines."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from dragoman.analysis.spreadsheet_cells import to_cell
from dragoman.cli.output import console
from dragoman.cli.terminal import SafeConsole, standard_output
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Tables with more rows than this are not fitted to the window.
_FITTED = 200
_LONGEST_CELL = 120
_WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def print_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str], form: str) -> None:
    """Print rows in a format.

    Raises:
        UsageError: The format is invalid.
    """
    if form == "jsonl":
        print_json_lines(rows)
    elif form == "csv":
        writer = csv.writer(standard_output())
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    elif form == "table":
        cells = (["" if row[name] is None else str(row[name]) for name in columns] for row in rows)
        print_table([name.replace("_", " ") for name in columns], list(cells))
    else:
        raise UsageError(message=f"--format {form!r}: use table, jsonl or csv")


def print_json_lines(values: Iterable[object]) -> None:
    """Print each value as a JSON line as soon as it is available."""
    encoder = msgspec.json.Encoder()
    for value in values:
        standard_output().write(encoder.encode(value).decode("utf-8") + "\n")


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None) -> None:
    """Print rows as a table: fitted to the window, or line by line if there are too many.

    Args:
        columns: The headings.
        rows: The cells, as text.
        width: Maximum width in characters; None for the window width.
    """
    if len(rows) > _FITTED:
        _print_long(columns, rows)
        return
    table = Table(show_edge=False, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    (console if width is None else SafeConsole(highlight=False, width=width)).print(table)


def _print_long(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows without fitting, in microseconds per row; fitting takes a millisecond per row."""
    lines = [[_WHITE.sub(" ", cell)[:_LONGEST_CELL] for cell in row] for row in rows]
    widths = [max(_width(line[i]) for line in (columns, *lines)) for i in range(len(columns))]

    def fill(line: Sequence[str], gap: str) -> str:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        return gap.join(padded).rstrip() + "\n"

    rule = "\u2501\u2547\u2501".join("\u2501" * width for width in widths)
    standard_output().write(fill(columns, " \u2503 ") + rule + "\n")
    standard_output().writelines(fill(line, " \u2502 ") for line in lines)


def _width(cell: str) -> int:
    return len(cell) if cell.isascii() else cell_len(cell)


def _cell(value: object) -> object:
    return to_cell(value) if isinstance(value, str) else "" if value is None else value
