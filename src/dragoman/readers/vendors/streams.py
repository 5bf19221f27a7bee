"""Text files and pages that may be exports: inspected first, then read as an export or as one document."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from dragoman.readers.encoding import decode
from dragoman.readers.html import declared_encoding, read_html
from dragoman.readers.sources import put_back
from dragoman.readers.text import read_text
from dragoman.readers.vendors.lines import tidy_lines, unwrapped
from dragoman.readers.vendors.markup import bare_text, markup_lines
from dragoman.readers.vendors.reading import is_likely, named_layout, read_articles, recognise
from dragoman.settings import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source
    from dragoman.readers.vendors.layouts import Layout

# Number of bytes that contain the first article of an export, including the page about the search.
_LOOKED_AT = 2 * 1024 * 1024
_PIECE = 32 * 1024
_ADVICE = "export it in parts"


def read_text_or_export(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a text, or the articles of an export.

    Raises:
        DocumentError: The file cannot be used.
    """
    layout, whole = _look(source, markup=False)
    if layout is None:
        yield from read_text(whole)
        return
    content = whole.read_whole(MAX_BYTES, what="one export", advice=_ADVICE)
    text = decode(content, where=source.name)
    yield from read_articles(unwrapped(text.splitlines(), layout), layout, source)


def read_page_or_export(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a saved page, or the articles of an exported one.

    Raises:
        DocumentError: The page cannot be used.
    """
    layout, whole = _look(source, markup=True)
    if layout is None:
        yield from read_html(whole)
        return
    content = whole.read_whole(MAX_BYTES, what="one export", advice=_ADVICE)
    markup = decode(content, where=source.name, declared=declared_encoding(content))
    yield from read_articles(tidy_lines(markup_lines(markup, where=source.name)), layout, source)


def _look(source: Source, *, markup: bool) -> tuple[Layout | None, Source]:
    """Return the layout, and the source with the bytes already read put back."""
    layout = named_layout(source)
    # A kind given by the caller is not checked.
    if layout is not None or source.options.kind is not None:
        return layout, source
    content = _beginning(source)
    whole = put_back(source, content)
    text = _roughly(content)
    if markup and is_likely(text):
        text = bare_text(text)
    return recognise(text), whole


def _beginning(source: Source) -> bytes:
    """Read the first bytes, in pieces, because most files are far shorter than the limit."""
    pieces: list[bytes] = []
    size = 0
    while size < _LOOKED_AT and (piece := source.stream.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _roughly(content: bytes) -> str:
    """Decode just well enough to find the patterns that identify a database."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
