"""RSS and Atom: one report per item, from the fullest text in the item."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dragoman.errors import BadDateError, BrokenFileError, DocumentError, NoArticleError, OversizeError
from dragoman.readers.cleaning import clean_paragraphs, tidy_paragraph
from dragoman.readers.dates import HOW_WRITTEN, is_ambiguous, parse_date, read_in_form
from dragoman.readers.documents import make_document, make_failure, reason_of
from dragoman.readers.fragments import fragment_paragraphs
from dragoman.readers.html import PARAGRAPH_BREAK
from dragoman.settings import MAX_BYTES, MAX_FEED_ITEMS, MAX_FEED_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_RAW_DATE = re.compile(
    rb"<(?:\w+:)?(?:pubDate|published|issued|date|updated|modified)\b[^>]{0,200}>\s*(?:<!\[CDATA\[)?\s*([^<\]]{8,60})"
)
_PUBLISHED = re.compile(
    rb"<(?:\w+:)?(?:pubDate|published|issued)\b[^>]{0,200}>\s*(?:<!\[CDATA\[)?\s*([^<\]]{4,60})"
)
# Entities declared by a document type can expand a small feed to a large one; no feed needs them.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ITEM_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>|/>\s*\Z", re.IGNORECASE)
# The ending of a truncated summary.
_CUT = re.compile(r"\s*(?:\[(?:\u2026|\.\.\.|&hellip;)\]|\[\+\d+ chars\])\s*\Z")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|b|i|a|strong|em|span|li|ul)\b[^<>]{0,300}?&gt;")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def read_feed(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the item, for each item of a feed.

    Raises:
        DocumentError: The content is not a feed, or has no items.
    """
    content = source.read_whole(MAX_BYTES, what="one feed", advice="split it")
    yield from feed_documents(content, where=source.name, date_form=source.options.date_form)


def feed_documents(
    content: bytes, *, where: str, date_form: str | None = None
) -> Iterator[Document | Failure]:
    """Yield the documents of a feed's bytes, in the order of its items.

    Args:
        content: The feed.
        where: For error messages.
        date_form: The form of its dates, if they are ambiguous.

    Raises:
        DocumentError: The content is not a feed, or has no items.
    """
    found = parse_feed(content, where=where)
    publisher = _plain(_get(found.get("feed"), "title"))
    entries = found.get("entries") or []
    if not entries:
        raise NoArticleError(where=where, why="no items in the feed", advice="try again when it has some")
    markups = _markup_of_items(content, len(entries))
    days = _local_days(content) if markups is None else {}
    for number, entry in enumerate(entries, start=1):
        place = f"{where}, item {number}"
        markup = markups[number - 1] if markups else None
        try:
            if markup is not None and number == len(entries) and not _ITEM_END.search(markup):
                raise BrokenFileError(where=place, what="feed", why="it ends inside this item")
            fields = _fields(entry, publisher, place)
            if markup is not None:
                fields["published_on"] = _written_day(markup, where=place, date_form=date_form)
            else:
                fields["published_on"] = _day(entry, days)
            yield make_document(fields, where=place)
        except DocumentError as error:
            yield make_failure(error, name=_link(entry) or place)


def parse_feed(content: bytes, *, where: str) -> Mapping[str, Any]:
    """Parse a feed with the fast parser, or with the tolerant one if the first fails or finds nothing.

    Raises:
        BrokenFileError: Neither parser can read it.
    """
    if _ENTITY.search(content[:100_000]):
        raise BrokenFileError(where=where, what="feed", why="it declares entities, which are not expanded")
    if len(_ITEM.findall(content)) > MAX_FEED_ITEMS:
        raise OversizeError(
            where=where, limit=MAX_FEED_ITEMS, what="one feed", unit="items", advice="split it"
        )
    if content.count(b"<") > MAX_FEED_TAGS:
        raise OversizeError(where=where, limit=MAX_FEED_TAGS, what="one feed", unit="tags", advice="split it")
    import fastfeedparser
    import feedparser

    try:
        found: Mapping[str, Any] = fastfeedparser.parse(content)
        if found.get("entries"):
            return found
    except Exception:  # noqa: BLE001, S110 - it raises a dozen kinds on odd feeds, and the next one may do
        pass
    try:
        slow: Mapping[str, Any] = feedparser.parse(io.BytesIO(content))
    except Exception as error:
        raise BrokenFileError(where=where, what="feed", why=reason_of(error)) from error
    if not slow.get("entries") and not slow.get("version"):
        raise BrokenFileError(where=where, what="feed", why="it is neither RSS nor Atom")
    return slow


def _fields(entry: Mapping[str, Any], publisher: str | None, where: str) -> dict[str, Any]:
    title = _plain(entry.get("title"))
    paragraphs = _longest(entry, title, where)
    return {
        "id": None if _link(entry) else entry.get("id"),
        "text": PARAGRAPH_BREAK.join(paragraphs) or title,
        "title": title,
        "publisher": _plain(_get(entry.get("source"), "title")) or publisher,
        "url": _link(entry),
    }


def _longest(entry: Mapping[str, Any], title: str | None, where: str) -> list[str]:
    """Return the content if there is any, or the summary if that is much longer.

    The parsers derive a summary from a content without paragraphs, which is slightly longer.
    """
    pieces = [_get(piece, "value") for piece in entry.get("content") or []]
    pieces += [entry.get("summary"), entry.get("description")]
    best: list[str] = []
    for piece in pieces:
        if isinstance(piece, str) and piece.strip():
            # Some feeds escape their markup twice.
            if _ESCAPED_TAG.search(piece) and not _TAG.search(piece):
                piece = html.unescape(piece)
            paragraphs = [
                _CUT.sub("", p)
                for p in clean_paragraphs(fragment_paragraphs(piece, where=where), title=title)
            ]
            if sum(map(len, paragraphs)) > 2 * sum(map(len, best)):
                best = paragraphs
    return best


def _link(entry: Mapping[str, Any]) -> str | None:
    for candidate in (entry.get("link"), entry.get("id")):
        if isinstance(candidate, str) and candidate.strip().startswith(("http://", "https://")):
            return candidate.strip()
    return None


def _day(entry: Mapping[str, Any], days: Mapping[dt.datetime, dt.date]) -> dt.date | None:
    for key in ("published", "updated"):
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            continue
        moment = _moment(value)
        day = (days.get(moment) if moment else None) or parse_date(value)
        if day:
            return day
    return None


def _markup_of_items(content: bytes, count: int) -> list[bytes] | None:
    """Return the markup of each item, None if items cannot be separated: in odd encodings and orders."""
    starts = [match.start() for match in _ITEM.finditer(content)]
    if len(starts) != count:
        return None
    return [content[start:end] for start, end in pairwise([*starts, len(content)])]


def _written_day(markup: bytes, *, where: str, date_form: str | None) -> dt.date | None:
    """Return the publication day of an item as written in the feed.

    The parsers accept more: they compute *2 hours ago* from this machine's clock, and guess the meaning of
    03/04/2022.

    Raises:
        BadDateError: The day is ambiguous.
    """
    for pattern in (_PUBLISHED, _RAW_DATE):
        match = pattern.search(markup)
        if match is None:
            continue
        text = match[1].decode("utf-8", "replace").strip()
        formed = read_in_form(text, date_form)
        day = formed if isinstance(formed, dt.date) else parse_date(text)
        if day is not None:
            return day
        if is_ambiguous(text):
            raise BadDateError(where=where, value=text, hint=HOW_WRITTEN)
    return None


def _local_days(content: bytes) -> dict[dt.datetime, dt.date]:
    """Return the day at the place of publication for times in UTC, the only ones that the parsers return."""
    days: dict[dt.datetime, dt.date] = {}
    for match in _RAW_DATE.finditer(content):
        text = match[1].decode("ascii", "replace").strip()
        moment = _moment(text)
        local = parse_date(text)
        # A feed may give the same time in UTC too; only a day that differs from it is informative.
        if moment and local and local != moment.date():
            days.setdefault(moment, local)
    return days


def _moment(text: str) -> dt.datetime | None:
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text.strip())
            return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _plain(value: object) -> str | None:
    """Return a title as plain text: feeds put markup and entities in it, escaped once or twice."""
    if not isinstance(value, str):
        return None
    return tidy_paragraph(_TAG.sub(" ", html.unescape(value))) or None


def _get(value: object, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
