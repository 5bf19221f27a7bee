"""Sources: named byte streams whose beginning can be examined before a reader is chosen."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.errors import BrokenFileError, EmptyDocumentError, OversizeError
from dragoman.readers.origins import OriginTracker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.unpacking import Allowance

    Reader = Callable[["Source"], Iterator[Document | Failure]]

# Enough to see a doctype after a licence comment, or the root of a feed after processing instructions.
HEAD_BYTES = 8192


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of the caller for all inputs.

    Attributes:
        columns: The caller's column for each field, for tables and JSON objects.
        kind: The kind of every file; None to detect it.
        remote: Whether remote addresses may be opened.
        date_form: The format of ambiguous dates; see `dates.check_date_form`.
        origins: The tracker of the current position.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    remote: bool = False
    date_form: str | None = None
    origins: OriginTracker = field(default_factory=OriginTracker)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One stream of bytes to read documents from.

    Attributes:
        name: The name in messages, on one line.
        stream: The bytes, from the first.
        head: The first bytes, which are also in the stream.
        suffix: The file suffix without compression, in lower case; "" if there is none.
        stem: The file's name without its suffixes; None for standard input.
        path: The file, if it is an uncompressed one on disk.
        options: Options of the caller.
        depth: Number of enclosing archives.
        allowance: Limit of the decompressed bytes; None outside archives.
    """

    name: str
    stream: io.BufferedReader
    head: bytes
    suffix: str = ""
    stem: str | None = None
    path: Path | None = None
    options: Options = field(default_factory=Options)
    depth: int = 0
    allowance: Allowance | None = None

    def read_whole(self, limit: int, *, what: str, advice: str) -> bytes:
        """Read everything, up to a limit.

        Raises:
            OversizeError: The content exceeds the limit.
            EmptyDocumentError: The content is only white space.
        """
        content = self.stream.read(limit + 1)
        if len(content) > limit:
            raise OversizeError(where=self.name, limit=limit, what=what, advice=advice)
        if not content.strip():
            raise EmptyDocumentError(where=self.name)
        return content


class _Joined(io.RawIOBase):
    """The bytes that were read ahead, followed by the rest."""

    def __init__(self, head: bytes, rest: io.RawIOBase | io.BufferedIOBase) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        data = _read_some(self._rest, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def look_ahead(
    stream: io.RawIOBase | io.BufferedIOBase, *, where: str, live: bool = False
) -> tuple[bytes, io.BufferedReader]:
    """Return the first bytes of a stream, and a stream that begins with them.

    Args:
        stream: A stream open for reading; it must not be used afterwards.
        where: For error messages.
        live: Whether the stream may still be written to: one whole line is then sufficient.

    Raises:
        BrokenFileError: The system cannot read it.
    """
    head = b""
    while len(head) < HEAD_BYTES and not (live and b"\n" in head):
        try:
            data = _read_some(stream, HEAD_BYTES)
        except OSError as error:
            raise BrokenFileError(where=where, what="file", why=error.strerror or str(error)) from error
        if not data:
            break
        head += data
    return head[:HEAD_BYTES], io.BufferedReader(_Joined(head, stream), buffer_size=1 << 16)


def _read_some(stream: io.RawIOBase | io.BufferedIOBase, size: int) -> bytes:
    if isinstance(stream, io.BufferedReader):
        return stream.read1(size)
    return stream.read(size) or b""


def put_back(source: Source, data: bytes) -> Source:
    """Return a source whose stream begins with bytes that were read from it."""
    return replace(source, stream=io.BufferedReader(_Joined(data, source.stream), buffer_size=1 << 16))
