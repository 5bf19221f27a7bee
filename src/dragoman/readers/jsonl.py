"""JSONL and JSON: a report is an object with our fields, or with the field names of other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dragoman.errors import BadLineError, BrokenFileError, DocumentError, NoArticleError, OversizeError
from dragoman.model.documents import Failure
from dragoman.readers.documents import make_document, make_failure
from dragoman.readers.encoding import as_utf8, bounded_lines, decode
from dragoman.readers.fields import find_fields
from dragoman.settings import MAX_BYTES, MAX_JSON_VALUES, MAX_LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.model.documents import Document
    from dragoman.readers.sources import Options, Source

# Maximum number of consecutive lines that are not JSON, or objects with neither text nor name: millions of
# such failures would fill the record. Reports that are rejected for their language or their date are not
# counted.
_MOST_STRANGE = 1_000
# The keys under which files store their list of articles.
_LISTS = ("articles", "documents", "items", "results")


def read_jsonl(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the line, for each line that is not blank.

    Only one line is in memory at a time.

    Raises:
        BrokenFileError: Too many consecutive lines are not reports, so the file is of another kind.
    """
    strange = 0
    stream = as_utf8(source.stream, head=source.head, where=source.name)
    for number, line in bounded_lines(stream, MAX_LINE_BYTES, where=source.name):
        where = f"{source.name}:{number}"
        if line is None:
            error = OversizeError(where=where, limit=MAX_LINE_BYTES, what="one line", advice="split it")
            yield make_failure(error, name=where)
        elif line.strip():
            for item in _read_line(line, where, source.options):
                strange = strange + 1 if _is_strange(item, where) else 0
                yield item
        if strange >= _MOST_STRANGE:
            why = f"{strange} lines in a row are no reports"
            raise BrokenFileError(where=where, what="JSONL", why=why)


def _is_strange(item: Document | Failure, where: str) -> bool:
    return isinstance(item, Failure) and item.error == "BadLineError" and item.document_id == where


def _read_line(line: bytes, where: str, options: Options) -> Iterator[Document | Failure]:
    try:
        value = _parse(decode(line, where=where), where)
    except DocumentError as error:
        yield make_failure(error, name=where)
        return
    # An article list of GDELT is on one line if it comes from a pipe.
    rows = _rows(value) if isinstance(value, dict) else [value]
    for number, row in enumerate(rows, start=1):
        place = where if len(rows) == 1 else f"{where}[{number}]"
        yield read_object(row, columns=options.columns, where=place, date_form=options.date_form)


def read_json(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of a JSON file: one object, a list of them, or an object with a list of articles.

    Raises:
        DocumentError: The file is not JSON, too large, or contains no object.
    """
    advice = "give one report a line as .jsonl"
    content = source.read_whole(MAX_BYTES, what="one JSON file", advice=advice)
    if sum(map(content.count, (b"{", b"[", b","))) > MAX_JSON_VALUES:
        raise OversizeError(
            where=source.name, limit=MAX_JSON_VALUES, what="one JSON file", unit="values", advice=advice
        )
    try:
        value = _parse(decode(content, where=source.name), source.name)
    except BadLineError as error:
        raise BrokenFileError(where=source.name, what="JSON", why=error.facts["why"]) from error
    rows = _rows(value)
    if not rows:
        raise NoArticleError(where=source.name, why="no report in the JSON", advice="give a list of objects")
    for number, row in enumerate(rows, start=1):
        where = source.name if len(rows) == 1 else f"{source.name}[{number}]"
        yield read_object(
            row, columns=source.options.columns, where=where, date_form=source.options.date_form
        )


def _rows(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for name in _LISTS:
            rows = value.get(name)
            if isinstance(rows, list) and rows and isinstance(rows[0], dict):
                return rows
        return [value]
    return []


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise BadLineError(where=where, why="nested too deep") from error
    except json.JSONDecodeError as error:
        raise BadLineError(where=where, why=f"not JSON: {error.msg}") from error
    # Python refuses to read numbers of more than 4,300 digits.
    except ValueError as error:
        raise BadLineError(where=where, why="a number in it is too long") from error


def read_object(
    value: Any, *, columns: Mapping[str, str], where: str, date_form: str | None = None
) -> Document | Failure:
    """Return a document of one object, or a failure with its location."""
    name = where
    try:
        if not isinstance(value, dict):
            raise BadLineError(where=where, why="not an object")
        fields = find_fields(value, columns, where=where, date_form=date_form)
        name = str(fields.get("id") or fields.get("url") or where)
        return make_document(fields, where=where)
    except DocumentError as error:
        return make_failure(error, name=name)
