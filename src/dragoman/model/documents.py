"""Reports as read, before any analysis."""

from __future__ import annotations

import datetime as dt

import msgspec

from dragoman.model.origins import UNKNOWN, Origin


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One report. All offsets in the record are character offsets into `text`, exactly as read."""

    id: str
    text: str
    title: str | None = None
    published_on: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None

    def _repr_html_(self) -> str:
        from dragoman.model.display import document_html

        return document_html(self)


class DocumentAt(msgspec.Struct, frozen=True):
    """A document and where it was read."""

    document: Document
    origin: Origin


class DatabaseArticle(Document, frozen=True, kw_only=True):
    """A report from the export of a news database, with further fields of the export.

    The record stores the fields of `Document` only; the others are available when files are read with Python.

    Attributes:
        section: Section of the newspaper.
        byline: Author.
        words: Number of words, as counted by the database.
    """

    section: str | None = None
    byline: str | None = None
    words: int | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One document that could not be read or coded, why, and where it was read."""

    document_id: str
    error: str
    message: str
    origin: Origin = UNKNOWN
