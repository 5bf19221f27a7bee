"""WARC: the pages, feeds and texts of a web archive, one record in memory at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from dragoman.errors import (
    BrokenFileError,
    DocumentError,
    EmptyDocumentError,
    NoArticleError,
    OversizeError,
)
from dragoman.readers.documents import make_document, make_failure
from dragoman.readers.encoding import decode
from dragoman.readers.feeds import feed_documents
from dragoman.readers.html import page_document
from dragoman.readers.kinds import sniff
from dragoman.settings import MAX_PAGE_BYTES

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
_GOOD_STATUS = range(200, 300)


def read_warc(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the address, for each page, feed item and text of an archive.

    Redirects, error pages, pictures, scripts and requests are ignored.

    Raises:
        DocumentError: The file is not a WARC, is broken, or contains none of these.
    """
    found = 0
    with _broken_as_ours(source.name):
        stream = _Telling(source.stream)
        for record in _records(stream):
            for item in _read_record(record, source.name, stream):
                found += 1
                yield item
    if not found:
        raise NoArticleError(
            where=source.name, why="no page in the archive", advice="give one with saved pages"
        )


def _records(stream: _Telling) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(cast("BinaryIO", stream), record_types=wanted, auto_decode="all")


class _Telling:
    """A stream that is not seekable but knows its position, which is all that the parser requires."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self._has_ended = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        self._has_ended = self._has_ended or not data or len(data) < size
        return data

    def ends_before(self, offset: int) -> bool:
        """Return True if the stream is known to have ended before an offset."""
        return self._has_ended and self._at < offset

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, origin: int = 0) -> int:
        # The parser only requests the current position: relative (1) by 0, or absolute (0).
        if (offset, origin) not in ((0, 1), (self._at, 0)):
            raise OSError("this stream cannot go back")
        return self._at


@contextmanager
def _broken_as_ours(where: str) -> Iterator[None]:
    try:
        yield
    except (DocumentError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    # The parser is written in Rust; if that panics, the exception is not a subclass of Exception.
    except BaseException as error:
        why = (str(error) or type(error).__name__).splitlines()[0][:200]
        raise BrokenFileError(where=where, what="WARC", why=why) from error


def _read_record(record: Any, archive: str, stream: _Telling) -> Iterator[Document | Failure]:
    kind = _kind(record)
    if kind is None:
        return
    url = record.headers.get("WARC-Target-URI") or ""
    url = url.strip().strip("<>")
    where = f"{archive}, {url[:300] or 'a record without an address'}"
    try:
        content = record.reader.read(MAX_PAGE_BYTES + 1)
        if len(content) > MAX_PAGE_BYTES:
            raise OversizeError(where=where, limit=MAX_PAGE_BYTES, what="one page", advice="it was left out")
        if stream.ends_before(record.stream_pos + _length_of_headers(record) + record.content_length):
            raise BrokenFileError(where=where, what="record", why="the archive ends inside it")
        if not content.strip():
            raise EmptyDocumentError(where=where)
        yield from _documents(kind, content, record=record, url=url, where=where)
    except DocumentError as error:
        yield make_failure(error, name=url or where)
    except OSError as error:
        broken = BrokenFileError(where=where, what="record", why=str(error)[:200])
        yield make_failure(broken, name=url or where)


def _length_of_headers(record: Any) -> int:
    """Return the minimum number of bytes of a record's headers, including version line and empty line."""
    return len("WARC/1.0\r\n\r\n") + sum(len(f"{name}:{value}\r\n") for name, value in record.headers.items())


def _documents(
    kind: str, content: bytes, *, record: Any, url: str, where: str
) -> Iterator[Document | Failure]:
    charset = record.http_charset if record.is_http else None
    if kind == "feed" or sniff(content[:8192]) == "feed":
        yield from feed_documents(content, where=where)
    elif kind == "html":
        yield page_document(content, where=where, declared=charset, given={"url": url})
    else:
        yield make_document({"text": decode(content, where=where, declared=charset), "url": url}, where=where)


def _kind(record: Any) -> str | None:
    """Return the kind of a record's content, None if it is not a report."""
    if record.is_http:
        headers = record.http_headers
        if headers is None or headers.status_code not in _GOOD_STATUS:
            return None
        media = record.http_content_type
    else:
        media = record.headers.get("Content-Type")
    media = (media or "").split(";")[0].strip().lower()
    if media in _PAGES:
        return "html"
    if media in _FEEDS:
        return "feed"
    return "text" if media in _TEXTS else None
