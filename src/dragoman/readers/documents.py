"""From fields as given to a checked Document, or an error that says where and what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dragoman.errors import BadDateError, BadLineError, EmptyDocumentError, NotTextError, TooLargeError
from dragoman.model.documents import Document
from dragoman.model.identity import content_id
from dragoman.readers.language import check_english
from dragoman.settings import MAX_CHARACTERS

_TEXT_FIELDS = ("id", "title", "publisher", "url")


def make_document(fields: dict[str, Any], *, where: str) -> Document:
    """Check the fields of a report and make a Document of them.

    Args:
        fields: text, and if known id, title, published_on, publisher, url; others are passed over.
        where: File, or file and line, for error messages.

    Raises:
        DocumentError: Something is missing or wrong.
    """
    text = fields.get("text")
    if not isinstance(text, str):
        raise BadLineError(where=where, why="it has no text")
    if not text.strip():
        raise EmptyDocumentError(where=where)
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(where=where, size=len(text), limit=MAX_CHARACTERS)
    if "\x00" in text:
        raise NotTextError(where=where, why="it holds NUL characters")
    check_english(text, where=where)
    known: dict[str, str | None] = {}
    for name in _TEXT_FIELDS:
        value = fields.get(name)
        known[name] = None if value is None or value == "" else str(value)
    return Document(
        id=known["id"] or content_id(text),
        text=text,
        title=known["title"],
        published_on=read_date(fields.get("published_on"), where=where),
        publisher=known["publisher"],
        url=known["url"],
        language="en",
    )


def read_date(value: object, *, where: str) -> dt.date | None:
    """Read a publication date written YYYY-MM-DD, with or without a time behind it.

    Raises:
        BadDateError: It is not a date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip()[:10])
        except ValueError:
            pass
    raise BadDateError(where=where, value=value)
