"""CSV and TSV with a header: one report a row, one row held at a time."""

from __future__ import annotations

import csv
import itertools
from typing import TYPE_CHECKING

from dragoman.errors import BrokenFileError, DocumentError, EmptyDocumentError, OversizeError
from dragoman.readers.documents import make_document, make_failure
from dragoman.readers.encoding import as_utf8, bounded_lines, decode
from dragoman.readers.fields import find_fields, pick_columns
from dragoman.settings import MAX_CHARACTERS, MAX_LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_DELIMITERS = ",;\t|"


def read_table(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the row, for each row that is not blank.

    Raises:
        DocumentError: There is no header with the wanted columns, or quotes are left open.
    """
    # The limit is one for the whole process; a longer field than a report may be is refused below anyway.
    csv.field_size_limit(2 * MAX_CHARACTERS)
    lines = _decoded(source)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise EmptyDocumentError(where=source.name)
    delimiter = max(_DELIMITERS, key=first.count)
    rows = _rows(itertools.chain([first], lines), delimiter, source.name)
    names = [name.strip() for name in next(rows, (1, []))[1]]
    pick_columns(names, source.options.columns, where=source.name)
    for number, row in rows:
        if any(cell.strip() for cell in row):
            yield _read_row(dict(zip(names, row, strict=False)), f"{source.name}, row {number}", source)


def _rows(lines: Iterable[str], delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers; the header is the first."""
    reader = csv.reader(lines, delimiter=delimiter)
    number = 1
    try:
        for row in reader:
            yield number, row
            number += 1
    except csv.Error as error:
        raise BrokenFileError(where=f"{where}, row {number}", what="table", why=str(error)) from error


def _read_row(row: dict[str, str], where: str, source: Source) -> Document | Failure:
    name = where
    try:
        fields = find_fields(row, source.options.columns, where=where)
        name = fields.get("id") or where
        fields.setdefault("text", "")
        return make_document(fields, where=where)
    except DocumentError as error:
        return make_failure(error, name=name)


def _decoded(source: Source) -> Iterator[str]:
    stream = as_utf8(source.stream, head=source.head, where=source.name)
    for number, line in bounded_lines(stream, MAX_LINE_BYTES):
        where = f"{source.name}:{number}"
        if line is None:
            raise OversizeError(where=where, limit=MAX_LINE_BYTES, what="one line", advice="split it")
        yield decode(line, where=where)
