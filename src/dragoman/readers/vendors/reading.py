"""Documents from the lines of an export: recognised, split, read, and without duplicate texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import (
    DocumentError,
    DuplicateArticleError,
    EmptyDocumentError,
    NoArticleError,
    TooManyArticlesError,
)
from dragoman.model.documents import DatabaseArticle, Document
from dragoman.model.identity import content_id
from dragoman.readers.cleaning import clean_paragraphs
from dragoman.readers.dates import read_in_form
from dragoman.readers.documents import make_document, make_failure, tidy
from dragoman.readers.vendors import factiva, gale, newsbank, nexis, proquest, westlaw
from dragoman.readers.vendors.layouts import VENDORS, load_layouts
from dragoman.readers.vendors.lines import tidy_line
from dragoman.settings import MAX_EXPORT_ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Failure
    from dragoman.readers.sources import Source
    from dragoman.readers.vendors.articles import ExportedArticle
    from dragoman.readers.vendors.layouts import Layout

_READERS = {
    "nexis": nexis.read_article,
    "factiva": factiva.read_article,
    "proquest": proquest.read_article,
    "gale": gale.read_article,
    "newsbank": newsbank.read_article,
    "westlaw": westlaw.read_article,
}


def recognise(text: str) -> Layout | None:
    """Return the layout of the database that a text was exported from; None if the text is not an export."""
    likely = _likely_layouts(text)
    if not likely:
        return None
    # Without empty lines: a pattern that could match across them would take quadratic time.
    plain = "\n".join(stripped for line in text.splitlines() if (stripped := tidy_line(line)))
    for layout in likely:
        if any(all(sign.search(plain) for sign in group) for group in layout.signs):
            return layout
    return None


def is_likely(text: str) -> bool:
    """Return True if a text contains a word that a database writes into every export."""
    return bool(_likely_layouts(text))


def _likely_layouts(text: str) -> list[Layout]:
    lower = text.lower()
    return [layout for layout in load_layouts().values() if any(word in lower for word in layout.needs)]


def named_layout(source: Source) -> Layout | None:
    """Return the layout that the caller named for all files, or None."""
    kind = source.options.kind
    return load_layouts()[kind] if kind in VENDORS else None


def read_articles(lines: list[str], layout: Layout, source: Source) -> Iterator[Document | Failure]:
    """Yield a document for each article of an export, and a failure for each that cannot be used.

    Raises:
        NoArticleError: The export contains no article.
    """
    first_with: dict[str, int] = {}
    number = 0
    for chunk in split_articles(lines, layout):
        article = _READERS[layout.name](chunk, layout)
        if not article.paragraphs and not (article.day and (article.title or article.publisher)):
            # The cover page before the first article, or what follows the last one.
            continue
        number += 1
        where = f"{source.name}, article {number}"
        if number > MAX_EXPORT_ARTICLES:
            error = TooManyArticlesError(where=source.name, limit=MAX_EXPORT_ARTICLES)
            yield make_failure(error, name=source.name)
            return
        yield _document_of(article, where, number, first_with, source.options.date_form)
    if not number:
        raise NoArticleError(
            where=source.name,
            why=f"no article in the layout of {layout.title}",
            advice="export it with full text, or leave --kind out if it is no such export",
        )


def split_articles(lines: list[str], layout: Layout) -> Iterator[list[str]]:
    """Yield the lines of each article, and what precedes the first and follows the last, if anything."""
    parted = any(layout.begins_article(line) for line in lines)
    chunk: list[str] = []
    begun = not parted
    for line in lines:
        if parted and layout.begins_article(line):
            if begun and any(chunk):
                yield chunk
            chunk, begun = [line], True
        elif not parted and layout.ends_article(line):
            yield chunk
            chunk = []
        else:
            chunk.append(line)
    if begun and any(chunk):
        yield chunk


def _document_of(
    article: ExportedArticle, where: str, number: int, first_with: dict[str, int], date_form: str | None
) -> Document | Failure:
    try:
        plain = [paragraph.replace("\t", " ") for paragraph in article.paragraphs]
        text = "\n\n".join(clean_paragraphs(plain, title=article.title))
        if not text:
            raise EmptyDocumentError(where=where)
        first = first_with.setdefault(content_id(text), number)
        if first != number:
            raise DuplicateArticleError(where=where, first=first)
        document = make_document(
            {
                "text": text,
                "title": article.title,
                "publisher": article.publisher,
                "published_on": article.day or read_in_form(article.written_day, date_form),
            },
            where=where,
        )
        return DatabaseArticle(
            **msgspec.structs.asdict(document), section=tidy(article.section), byline=tidy(article.byline),
            words=article.words,
        )  # fmt: skip
    except DocumentError as error:
        return make_failure(error, name=where)
