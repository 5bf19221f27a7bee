"""Lines of a gold file, read one by one: an invalid line is a fault with its place, and reading goes on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from dragoman.errors import BadLineError, DocumentError, UnreadableError
from dragoman.files import open_regular
from dragoman.model.documents import Document
from dragoman.readers.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]
Wanted = TypeVar("Wanted")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class GoldLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a gold file.

    Attributes:
        where: File and line.
        row: The object in it; empty if there is none.
        fault: Why it is invalid.
    """

    where: str
    row: Row = {}
    fault: str | None = None

    @property
    def id(self) -> str | None:
        """The id of the case; None if it has no usable id."""
        name = self.row.get("id")
        return name if isinstance(name, str) and name else None


class CaseText(msgspec.Struct):
    """The fields of a case that make a document."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None


def read_gold(path: Path) -> Iterator[GoldLine]:
    """Yield the lines of a gold file that are not blank.

    A line without an id is a fault: predictions are matched by id.

    Raises:
        UnreadableError: The file cannot be opened.
    """
    try:
        with open_regular(path) as file:
            for number, content in enumerate(file, start=1):
                stripped = content.removeprefix(_BYTE_ORDER_MARK) if number == 1 else content
                if stripped.strip():
                    yield _checked(_parsed(f"{path.name}:{number}", stripped))
    except OSError as error:
        raise UnreadableError(where=str(path), why=error.strerror or str(error)) from error


def _parsed(where: str, content: bytes) -> GoldLine:
    try:
        row = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return GoldLine(where=where, fault=f"not JSON: {error}")
    if not isinstance(row, dict):
        return GoldLine(where=where, fault="not an object")
    return GoldLine(where=where, row=row)


def _checked(line: GoldLine) -> GoldLine:
    if line.fault is not None or line.id is not None:
        return line
    why = "the id is not text" if "id" in line.row else "no field 'id'"
    return msgspec.structs.replace(line, fault=why)


def document_of(line: GoldLine) -> Document:
    """Make a document from a line.

    Raises:
        DocumentError: A field is missing or of the wrong type, or the date is invalid.
    """
    fields = convert(line, CaseText)
    return Document(
        id=fields.id, text=fields.text, title=fields.title, publisher=fields.publisher, url=fields.url,
        published_on=read_date(line.row.get("published_on"), where=line.where),
    )  # fmt: skip


def day_of(line: GoldLine) -> dt.date | None:
    """Return the publication day of a line.

    Raises:
        DocumentError: The date is invalid.
    """
    return read_date(line.row.get("published_on"), where=line.where)


def convert(line: GoldLine, wanted: type[Wanted]) -> Wanted:
    """Return the fields of a line as a checked object.

    Raises:
        DocumentError: A field is missing or of the wrong type.
    """
    try:
        return msgspec.convert(line.row, wanted)
    except msgspec.ValidationError as error:
        raise BadLineError(where=line.where, why=str(error)) from error


def why_of(error: Exception, where: str) -> str:
    """Return the error of a line as one short line, without its place."""
    facts = error.facts if isinstance(error, DocumentError) else {}
    told = str(facts.get("why") or error) or type(error).__name__
    name = "" if isinstance(error, DocumentError) else f"{type(error).__name__}: "
    return " ".join(f"{name}{told}".removeprefix(f"{where}: ").split())
