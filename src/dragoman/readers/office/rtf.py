"""Rich Text files (.rtf), and files called .doc that are such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import BrokenFileError, WrongKindError
from dragoman.readers.office.paragraphs import missing, read_paragraphs
from dragoman.readers.signatures import describe
from dragoman.settings import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source


def read_rtf(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a Rich Text file, or the articles of an export.

    Raises:
        DocumentError: It is something else, broken, too large or empty, or striprtf is not installed.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ModuleNotFoundError as error:
        raise missing("a Rich Text file", source) from error
    content = source.read_whole(MAX_BYTES, what="one Rich Text file", advice="save it in parts")
    if not content.lstrip().startswith(b"{\\rtf"):
        what = describe(content[:8192]) or "a text or something unknown"
        raise WrongKindError(
            where=source.name, what=f"{what}, not a Rich Text file", advice="give it its right name"
        )
    try:
        # Every byte is one character here; what is not ASCII is written as an escape.
        text: str = rtf_to_text(content.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    # Escapes beyond Unicode, unknown code pages and the like.
    except Exception as error:
        why = (str(error) or type(error).__name__)[:200]
        raise BrokenFileError(where=source.name, what="Rich Text file", why=why) from error
    yield from read_paragraphs([_whole(line) for line in text.split("\n")], source)


def _whole(line: str) -> str:
    """A line in which two escaped halves of a character are one again."""
    return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
