"""Rich Text files (.rtf), including those named .doc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import BrokenFileError
from dragoman.readers.documents import reason_of
from dragoman.readers.office.paragraphs import missing, read_paragraphs
from dragoman.readers.signatures import wrong_kind
from dragoman.settings import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source


def read_rtf(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a Rich Text file, or the articles of an export.

    Raises:
        DocumentError: The file is of another kind, broken, too large or empty, or striprtf is not installed.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ModuleNotFoundError as error:
        raise missing("a Rich Text file", source) from error
    content = source.read_whole(MAX_BYTES, what="one Rich Text file", advice="save it in parts")
    if not content.lstrip().startswith(b"{\\rtf"):
        raise wrong_kind(source.name, content, wanted="a Rich Text file")
    try:
        # Every byte is one character here; non-ASCII characters are written as escapes.
        text: str = rtf_to_text(content.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    # Escapes outside Unicode, unknown code pages and similar errors.
    except Exception as error:
        raise BrokenFileError(where=source.name, what="Rich Text file", why=reason_of(error)) from error
    yield from read_paragraphs([_whole(line) for line in text.split("\n")], source)


def _whole(line: str) -> str:
    """Join the escaped surrogate halves of characters."""
    return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
