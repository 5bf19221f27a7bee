"""Documents that consist of paragraphs: an export of a database, or one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import EmptyDocumentError, MissingReaderError
from dragoman.readers.cleaning import tidy_paragraph
from dragoman.readers.documents import make_document
from dragoman.readers.text import facts_beside
from dragoman.readers.vendors.lines import tidy_lines
from dragoman.readers.vendors.reading import named_layout, read_articles, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

# Number of lines searched for patterns of a database; an export has them within its first article.
_LOOKED_AT = 2_000


def read_paragraphs(
    paragraphs: list[str], source: Source, *, facts: dict[str, Any] | None = None
) -> Iterator[Document | Failure]:
    """Yield the articles if the paragraphs are an export, else one document.

    Args:
        paragraphs: The paragraphs in order; an empty one separates its neighbours.
        source: The source of the paragraphs.
        facts: Other metadata: title, day, publisher.

    Raises:
        DocumentError: There is no text, or the text cannot be used.
    """
    lines = tidy_lines(paragraphs)
    layout = named_layout(source) or (
        recognise("\n".join(lines[:_LOOKED_AT])) if source.options.kind is None else None
    )
    if layout is not None:
        yield from read_articles(lines, layout, source)
        return
    kept = [tidied for paragraph in paragraphs if (tidied := tidy_paragraph(paragraph))]
    if not kept:
        raise EmptyDocumentError(where=source.name)
    beside = facts_beside(source.path) if source.path else {}
    fields = {"text": "\n\n".join(kept), **(facts or {}), **beside}
    yield make_document(fields, where=source.name)


def missing(what: str, source: Source) -> MissingReaderError:
    """Return the error for a file whose library is not installed."""
    return MissingReaderError(where=source.name, what=what)
