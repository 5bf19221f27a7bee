"""Rows of a text table; a broken row is reported, and the rows that follow it are read.

An unclosed quotation mark makes the rest of the file one cell. Such a row is discarded, and its remaining
lines are read as separate rows.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING

from dragoman.errors import BrokenFileError, DocumentError
from dragoman.settings import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Line = str | DocumentError

# Maximum number of characters of one row, in all its cells and lines.
MAX_ROW_CHARACTERS = 4 * MAX_CHARACTERS
# Maximum number of rows discarded in one file; the lines of each are read again.
_MOST_GIVEN_UP = 20
_EMPTY_LINES = frozenset({"\n", "\r\n"})


class TableRows:
    """An iterator over rows: their cells, or the error in them.

    Args:
        lines: The lines including line ends, or the error in a line.
        delimiter: The character that separates cells.
        where: The table, for error messages.
    """

    def __init__(self, lines: Iterator[Line], *, delimiter: str, where: str) -> None:
        # The limit applies to the whole process; a field longer than a report may be is rejected below.
        csv.field_size_limit(2 * MAX_CHARACTERS)
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._delimiter = delimiter
        self._where = where
        self._is_open = False
        self._given_up = 0

    def __iter__(self) -> Iterator[list[str] | DocumentError]:
        """Yield the rows in order.

        Raises:
            BrokenFileError: Too many rows are broken for a table.
        """
        number = 0
        while True:
            number += 1
            self._row, self._is_open = [], False
            try:
                row = next(csv.reader(self._of_row(), delimiter=self._delimiter), None)
            except DocumentError as error:
                # The line is reported; earlier lines of the same row are lost with it.
                yield error
                continue
            except csv.Error as error:
                yield self._give_up(number, str(error))
                continue
            if row is None:
                return
            if self._is_open:
                yield self._give_up(number, "a quotation mark is never closed")
                continue
            yield row

    def _of_row(self) -> Iterator[str]:
        """Yield lines as long as the parser requests more of one row."""
        held = 0
        while True:
            line: Line | None = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                self._is_open = bool(self._row)
                return
            if isinstance(line, DocumentError):
                raise line
            if not self._row and line in _EMPTY_LINES:
                continue
            held += len(line)
            self._row.append(line)
            if held > MAX_ROW_CHARACTERS:
                raise csv.Error(f"more than {MAX_ROW_CHARACTERS:,} characters in one row")
            yield line

    def _give_up(self, number: int, why: str) -> DocumentError:
        where = f"{self._where}, row {number}"
        self._given_up += 1
        if self._given_up > _MOST_GIVEN_UP:
            raise BrokenFileError(where=where, what="table", why=f"{why}, for the {self._given_up}th time")
        self._again.extendleft(reversed(self._row[1:]))
        return BrokenFileError(where=where, what="row", why=why)
