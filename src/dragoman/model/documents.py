"""A report as it was read, before anything is understood."""

from __future__ import annotations

import datetime as dt

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One report. All offsets anywhere in the record are characters into `text`, exactly as read."""

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


class DatabaseArticle(Document, frozen=True, kw_only=True):
    """A report out of the export of a news database, with what else the export says of it.

    The record keeps the fields of `Document`; these are for those who read files with Python.

    Attributes:
        section: Where in the paper it stood.
        byline: Who wrote it.
        words: How many words the database counted.
    """

    section: str | None = None
    byline: str | None = None
    words: int | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One document that could not be read or coded, and why."""

    document_id: str
    error: str
    message: str
