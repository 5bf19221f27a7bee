"""Decoding of bytes by byte-order mark, strict UTF-8, the declared encoding, and finally by detection."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING

from dragoman.errors import BrokenFileError, NotTextError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPED = re.compile("[\udc80-\udcff]+")
# Text has almost no control characters; a picture or an archive has many.
_CONTROLS = bytes(sorted(frozenset(range(32)) - {9, 10, 12, 13, 27}))
_MOST_CONTROLS = 0.002
# A million empty lines take seconds to read and contain nothing.
_MOST_EMPTY_LINES = 100_000
_EMPTY_LINES = frozenset({b"\n", b"\r\n"})
_GUESSED_FROM = 100_000


def decode(content: bytes, *, where: str, declared: str | None = None) -> str:
    """Decode the bytes of a report.

    Line ends are not changed, so that offsets refer to the text as read.

    Args:
        content: The bytes.
        where: For error messages.
        declared: The encoding named by a page or a server; used only if the bytes are not UTF-8.

    Raises:
        NotTextError: The bytes are not text in any known encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise NotTextError(where=where, why=f"marked {encoding} but broken") from error
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls > len(content) * _MOST_CONTROLS:
        raise NotTextError(where=where, why="binary bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        mixed = _decode_mixed(content)
        return mixed if mixed is not None else _decode_guessed(content, where, declared)


def _decode_mixed(content: bytes) -> str | None:
    """Decode UTF-8 that contains pieces of another encoding: what is not UTF-8 is read as Windows-1252.

    Return None if more than half of what is not ASCII is not UTF-8: the text is in another encoding.
    """
    text = content.decode("utf-8", "surrogateescape")
    strange = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    if strange > sum(1 for char in text if char > "\x7f") - strange:
        return None
    return _ESCAPED.sub(lambda run: _windows(run[0].encode("utf-8", "surrogateescape")), text)


def _windows(pasted: bytes) -> str:
    return pasted.decode("cp1252", "replace")


def _decode_guessed(content: bytes, where: str, declared: str | None) -> str:
    for encoding in _candidates(content, declared):
        try:
            return content.decode(encoding)
        # A page can name any codec of Python, including those that return bytes or do not accept bytes.
        except (UnicodeError, LookupError, TypeError, ValueError, AssertionError):
            continue
    raise NotTextError(where=where, why="no encoding fits its bytes")


def _candidates(content: bytes, declared: str | None) -> Iterator[str]:
    if declared and _is_text_encoding(declared):
        # Pages that declare Latin-1 are in fact in Windows-1252; every browser reads them that way.
        yield "cp1252" if codecs.lookup(declared).name in ("iso8859-1", "ascii") else declared
    import chardet

    guess = chardet.detect(content[:_GUESSED_FROM]).get("encoding")
    if guess:
        yield guess
    yield "cp1252"


def _is_text_encoding(name: str) -> bool:
    try:
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", False))
    except (LookupError, ValueError):
        return False


def as_utf8(stream: io.BufferedReader, *, head: bytes, where: str) -> io.BufferedReader:
    """Return a stream of lines, converted to UTF-8 without its mark if it is marked as UTF-16 or UTF-32."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            stream.read(len(mark))
            return stream if encoding == "utf-8" else io.BufferedReader(_Recoded(stream, encoding, where))
    return stream


class _Recoded(io.RawIOBase):
    """A stream in another encoding, converted to UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str, where: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._encoding = encoding
        self._where = where
        self._rest = b""
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest and not self._done:
            data = self._stream.read(1 << 15)
            self._done = not data
            try:
                text = self._decoder.decode(data, final=self._done)
            except UnicodeDecodeError as error:
                raise NotTextError(where=self._where, why=f"marked {self._encoding} but broken") from error
            self._rest = text.encode("utf-8", "surrogatepass")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def bounded_lines(stream: io.BufferedReader, limit: int, *, where: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines of a stream with their numbers; None for a line of more than `limit` bytes.

    Raises:
        BrokenFileError: Too many consecutive lines are empty for a table or JSONL.
    """
    number = empty = 0
    while True:
        line = stream.readline(limit + 1)
        if not line:
            return
        number += 1
        empty = empty + 1 if line in _EMPTY_LINES else 0
        if empty > _MOST_EMPTY_LINES:
            why = f"{_MOST_EMPTY_LINES:,} empty lines in a row"
            raise BrokenFileError(where=f"{where}:{number}", what="file", why=why)
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        while not line.endswith(b"\n"):
            line = stream.readline(1 << 16)
            if not line:
                break
        yield number, None
