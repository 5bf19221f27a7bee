"""Compressed streams, unpacked as they are read, with an error if far more comes out than went in."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import TYPE_CHECKING, cast

from dragoman.errors import BrokenFileError, DocumentError, PackedTooTightError
from dragoman.settings import FREE_UNPACKED_BYTES, MAX_PACKING_RATIO

if TYPE_CHECKING:
    from collections.abc import Callable

_SIGNATURES = (
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
PACKED_SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".zst"})
# Maximum memory for the window of a decoder; ordinary files require 8 to 64 MB.
_MOST_MEMORY = 128 * 1024 * 1024


def packing(head: bytes) -> str | None:
    """Return the compression of a stream by its first bytes; None if it is not compressed."""
    if head[:3] == b"BZh" and head[4:10] in (b"1AY&SY", b"\x17\x72E8P\x90"):
        return "bzip2"
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    return None


class Allowance:
    """The number of bytes that one archive may unpack to, including all files and archives in it.

    Args:
        spent: Returns how many packed bytes have been read so far.
        free: Number of bytes that may come out regardless of how few went in.
        above: The allowance of the archive that contains this one; unpacked bytes also count there.
    """

    def __init__(
        self, spent: Callable[[], int], *, free: int = FREE_UNPACKED_BYTES, above: Allowance | None = None
    ) -> None:
        self._spent = spent
        self._free = free
        self._above = above
        self._given = 0

    def take(self, count: int, *, where: str) -> None:
        """Count unpacked bytes.

        Raises:
            PackedTooTightError: There are far more unpacked bytes than packed ones.
        """
        if self._above is not None:
            self._above.take(count, where=where)
        self._given += count
        if self._given > max(self._free, MAX_PACKING_RATIO * self._spent()):
            raise PackedTooTightError(where=where, ratio=MAX_PACKING_RATIO)


def unpack(
    stream: io.BufferedReader, *, form: str, where: str, allowance: Allowance | None = None
) -> Bounded:
    """Unpack a stream as it is read.

    Args:
        stream: The packed bytes.
        form: The result of `packing`.
        where: For error messages.
        allowance: The allowance of the archive that contains the stream, if any.

    Returns:
        A stream whose reads raise BrokenFileError or PackedTooTightError if the packed bytes are faulty.
    """
    counted = _Counted(stream)
    inner: io.RawIOBase | io.BufferedIOBase
    if form == "gzip":
        inner = gzip.GzipFile(fileobj=counted, mode="rb")
    elif form == "bzip2":
        inner = cast("io.BufferedIOBase", bz2.BZ2File(counted))
    elif form == "xz":
        inner = _XzStream(counted)
    else:
        inner = _ZstdStream(counted)
    return Bounded(inner, allowance=allowance or Allowance(lambda: counted.count), what=form, where=where)


class _Counted(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._stream.readinto(buffer)
        self.count += count
        return count


class Bounded(io.RawIOBase):
    """A stream of unpacked bytes, limited relative to the packed ones; foreign errors become ours."""

    def __init__(
        self,
        inner: io.RawIOBase | io.BufferedIOBase,
        *,
        allowance: Allowance,
        what: str,
        where: str,
    ) -> None:
        self._inner = inner
        self.allowance = allowance
        self._what = what
        self._where = where

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read as much as the buffer holds, or raise an error for faulty packed bytes."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.allowance.take(len(data), where=self._where)
        return len(data)

    def _read(self, size: int) -> bytes:
        try:
            return self._inner.read(size) or b""
        except DocumentError:
            raise
        # zipfile raises RuntimeError and NotImplementedError, zstandard its own error class.
        except Exception as error:
            raise BrokenFileError(where=self._where, what=self._what, why=_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, (EOFError, zlib.error, lzma.LZMAError)) and "memlimit" not in str(error).lower():
        return "it ends too soon or is damaged"
    return str(error) or type(error).__name__


class _XzStream(io.RawIOBase):
    """An xz or lzma stream with a memory limit, which the standard file class does not have."""

    def __init__(self, stream: _Counted) -> None:
        self._stream = stream
        self._decoder = lzma.LZMADecompressor(memlimit=_MOST_MEMORY)
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            data, ended = b"", False
            if self._decoder.eof:
                data = self._decoder.unused_data.lstrip(b"\x00") or self._stream.read(1 << 16) or b""
                if not data.strip(b"\x00"):
                    return 0
                self._decoder = lzma.LZMADecompressor(memlimit=_MOST_MEMORY)
            elif self._decoder.needs_input:
                data = self._stream.read(1 << 16) or b""
                ended = not data
            out = self._decoder.decompress(data, max_length=len(buffer))
            if out:
                buffer[: len(out)] = out
                return len(out)
            if ended:
                raise EOFError


class _ZstdStream(io.RawIOBase):
    """A zstd stream that detects a truncated last frame, which the library's own stream does not."""

    # A block of four bytes can expand to 128 KB, the maximum output of one step.
    _STEP = 1024

    def __init__(self, stream: _Counted) -> None:
        import zstandard

        self._stream = io.BufferedReader(stream, buffer_size=1 << 16)
        self._decoder = zstandard.ZstdDecompressor(max_window_size=_MOST_MEMORY)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            packed = self._packed or self._stream.read(self._STEP)
            self._packed = b""
            if not packed:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._frame = self._frame or self._decoder.decompressobj()
            self._ready = memoryview(self._frame.decompress(packed))
            if self._frame.eof:
                self._packed = self._frame.unused_data
                self._frame = None
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
