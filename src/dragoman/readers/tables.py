"""CSV and TSV with a header: one report per row, one row in memory at a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.errors import DocumentError, EmptyDocumentError, OversizeError
from dragoman.readers.documents import make_document, make_failure
from dragoman.readers.encoding import as_utf8, bounded_lines, decode
from dragoman.readers.fields import find_fields, pick_columns
from dragoman.readers.table_rows import TableRows
from dragoman.settings import MAX_LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_DELIMITERS = ",;\t|"


def read_table(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the row, for each row that is not blank.

    Raises:
        DocumentError: There is no header with the required columns, or quotation marks are not closed.
    """
    lines = _decoded(source)
    first = next((line for line in lines if not isinstance(line, str) or line.strip()), None)
    if first is None:
        raise EmptyDocumentError(where=source.name)
    if isinstance(first, DocumentError):
        raise first
    delimiter = max(_DELIMITERS, key=first.count)
    rows = iter(TableRows(itertools.chain([first], lines), delimiter=delimiter, where=source.name))
    header = next(rows, [])
    if isinstance(header, DocumentError):
        raise header
    names = [name.strip() for name in header]
    pick_columns(names, source.options.columns, where=source.name)
    for number, row in enumerate(rows, start=2):
        where = f"{source.name}, row {number}"
        if isinstance(row, DocumentError):
            yield make_failure(row, name=where)
        elif any(cell.strip() for cell in row):
            yield _read_row(dict(zip(names, row, strict=False)), where, source)


def _read_row(row: dict[str, str], where: str, source: Source) -> Document | Failure:
    name = where
    try:
        fields = find_fields(row, source.options.columns, where=where, date_form=source.options.date_form)
        name = fields.get("id") or where
        fields.setdefault("text", "")
        return make_document(fields, where=where)
    except DocumentError as error:
        return make_failure(error, name=name)


def _decoded(source: Source) -> Iterator[str | DocumentError]:
    stream = as_utf8(source.stream, head=source.head, where=source.name)
    for number, line in bounded_lines(stream, MAX_LINE_BYTES, where=source.name):
        where = f"{source.name}:{number}"
        if line is None:
            yield OversizeError(where=where, limit=MAX_LINE_BYTES, what="one line", advice="split it")
            continue
        try:
            yield decode(line, where=where)
        except DocumentError as error:
            yield error
