"""Validation of given fields: a Document, or an error that states the fault and its location."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from dragoman.errors import BadLineError, DocumentError, EmptyDocumentError, NotTextError, TooLargeError
from dragoman.model.documents import Document, Failure
from dragoman.model.identity import content_id
from dragoman.readers.dates import read_date
from dragoman.readers.language import check_english
from dragoman.settings import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

# Longer values are not names, and a record need not store them.
_LONGEST_ID = 256
_LONGEST_FIELD = 2_000
# Control characters, and marks that change the direction of writing, which can hide the content of a title.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
# Parts of an address that indicate how a reader reached the page, not its content.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|cmpid|ocid|ref|smid|at_\w+)=", re.IGNORECASE)


def make_document(fields: Mapping[str, Any], *, where: str) -> Document:
    """Return a Document of the fields of a report after checking them.

    The text is not changed. A missing id is derived from the address, or from the text if there is no
    address: the same report has the same id in every format.

    Args:
        fields: text, and if known id, title, published_on, publisher, url; others are ignored.
        where: File, or file and line, for error messages.

    Raises:
        DocumentError: A field is missing or invalid.
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
    # JSON can contain half of a surrogate pair if a program truncated a text; it represents no character.
    text = text if _is_whole(text) else text.encode("utf-8", "ignore").decode("utf-8")
    if not text.strip():
        raise EmptyDocumentError(where=where)
    check_english(text, where=where)
    url = tidy(fields.get("url"))
    given = tidy(fields.get("id"))
    if given is not None and not (given.isprintable() and len(given) <= _LONGEST_ID):
        given = content_id(given)
    return Document(
        id=given or (url_id(url) if url else content_id(text)),
        text=text,
        title=tidy(fields.get("title")),
        published_on=read_date(fields.get("published_on"), where=where),
        publisher=tidy(fields.get("publisher")),
        url=url,
        language="en",
    )


def make_failure(error: DocumentError, *, name: str) -> Failure:
    """Return a failure for an error, with a message of one line."""
    message = printable(tidy(str(error)) or type(error).__name__)
    return Failure(document_id=printable(tidy(name) or "?"), error=type(error).__name__, message=message)


def reason_of(error: Exception) -> str:
    """Return the message of a library's exception, cut to 200 characters, or its type if it has none."""
    return (str(error) or type(error).__name__)[:200]


def printable(text: str) -> str:
    """Return a text with a mark in place of each character that cannot be printed."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


def tidy(value: object) -> str | None:
    """Return a short field as one line that any file can contain; None if it is empty."""
    if value is None or not isinstance(value, (str, int, float)):
        return None
    text = str(value)
    if not text.isprintable():
        text = _CONTROLS.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    return text.strip()[:_LONGEST_FIELD] or None


def url_id(url: str) -> str:
    """Return the id of the report at an address, independent of how the address was reached."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return content_id("url", url)
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    plain = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), query, ""))
    return content_id("url", plain)


def _is_whole(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
