"""Excel workbooks (.xlsx): one report per row below a header; for a formula, its last value is read."""

from __future__ import annotations

import datetime as dt
from typing import IO, TYPE_CHECKING, Any

from dragoman.errors import BrokenFileError, DocumentError, EmptyDocumentError, OversizeError
from dragoman.readers.documents import make_document, make_failure, reason_of
from dragoman.readers.fields import find_fields, pick_columns
from dragoman.readers.office.packages import open_package
from dragoman.readers.office.paragraphs import missing
from dragoman.settings import MAX_SHEET_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_MOST_SHEETS = 200


def read_xlsx(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names sheet and row, for each row of each sheet that is not blank.

    Raises:
        DocumentError: The file is of another kind, broken or too large, or openpyxl is not installed.
    """
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise missing("an Excel workbook", source) from error
    file = open_package(source, kind="xlsx", wanted="an Excel workbook")
    book = _open(openpyxl, file, source)
    try:
        found = False
        for sheet in book.worksheets[:_MOST_SHEETS]:
            where = f"{source.name}, sheet {sheet.title}"
            try:
                for item in _read_sheet(sheet, where, source):
                    found = True
                    yield item
            except DocumentError as error:
                found = True
                yield make_failure(error, name=where)
    finally:
        book.close()
    if not found:
        raise EmptyDocumentError(where=source.name)


def _open(openpyxl: Any, file: IO[bytes], source: Source) -> Any:
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    # KeyError, ValueError, TypeError, ParseError and others on broken parts.
    except Exception as error:
        raise _broken(error, source.name) from error


def _broken(error: Exception, where: str) -> BrokenFileError:
    return BrokenFileError(where=where, what="workbook", why=reason_of(error))


def _read_sheet(sheet: Any, where: str, source: Source) -> Iterator[Document | Failure]:
    names: list[str] | None = None
    for number, row in _rows(sheet, where):
        if not any(value not in (None, "") for value in row):
            continue
        if names is None:
            names = [str(value).strip() if value is not None else "" for value in row]
            pick_columns([name for name in names if name], source.options.columns, where=where)
            continue
        fields = {name: value for name, value in zip(names, row, strict=False) if name}
        yield _read_row(fields, f"{where}, row {number}", source)


def _rows(sheet: Any, where: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        try:
            row = next(rows, None)
        # The rows are parsed as they are read.
        except Exception as error:
            raise _broken(error, where) from error
        if row is None:
            return
        number += 1
        if number > MAX_SHEET_ROWS:
            raise OversizeError(
                where=where, limit=MAX_SHEET_ROWS, what="one sheet", unit="rows", advice="save it in parts"
            )
        yield number, row


def _read_row(row: dict[str, Any], where: str, source: Source) -> Document | Failure:
    try:
        fields = find_fields(row, source.options.columns, where=where, date_form=source.options.date_form)
        text = fields.get("text")
        fields["text"] = "" if text is None else str(text)
        day = fields.get("published_on")
        if isinstance(day, (float, dt.time)):
            fields["published_on"] = str(day)
        return make_document(fields, where=where)
    except DocumentError as error:
        return make_failure(error, name=where)
