"""Sizes of the columns of a Parquet file, from its footer.

pyarrow offers them too (`RowGroupMetaData.column`), but ends the whole process there if the footer is damaged
in its statistics: the exception of its C++ code is not caught. Reading the rows of such a file raises an
ordinary error. The footer is one Thrift structure in the compact protocol; fields that are not needed are
skipped.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = b"PAR1"
# Maximum depth of structures and lists; footers have seven levels.
_DEEPEST = 24
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
_INTEGERS = frozenset({4, 5, 6})


class ColumnSize(NamedTuple):
    """Sizes of one column of one row group.

    Attributes:
        name: First part of its path, as in the schema.
        laid_out: Bytes after decompression.
        packed: Bytes in the file.
    """

    name: str
    laid_out: int
    packed: int


def column_sizes(file: IO[bytes]) -> list[ColumnSize]:
    """Return the sizes of all columns of all row groups; the position in the file is restored.

    Raises:
        ValueError: The footer is not one of a Parquet file.
    """
    before = file.tell()
    try:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 8, 0))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != _MAGIC or length > end - 8:
            raise ValueError("no footer of a Parquet file")
        file.seek(end - 8 - length)
        return list(_sizes_in(_Compact(file.read(length))))
    except (IndexError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("the footer is damaged") from error
    finally:
        file.seek(before)


def _sizes_in(footer: _Compact) -> Iterator[ColumnSize]:
    """Yield the sizes in FileMetaData.row_groups[].columns[].meta_data."""
    for field, kind in footer.fields():
        if field == 4 and kind == _LIST:
            for _ in footer.items():
                yield from _sizes_in_group(footer)
        else:
            footer.skip(kind)


def _sizes_in_group(footer: _Compact) -> Iterator[ColumnSize]:
    for field, kind in footer.fields():
        if field == 1 and kind == _LIST:
            for _ in footer.items():
                for part, of_part in footer.fields():
                    if part == 3 and of_part == _STRUCT:
                        yield _size(footer)
                    else:
                        footer.skip(of_part)
        else:
            footer.skip(kind)


def _size(footer: _Compact) -> ColumnSize:
    path, sizes = [""], {6: 0, 7: 0}
    for field, kind in footer.fields():
        if field == 3 and kind == _LIST:
            path = [footer.binary().decode("utf-8") for _ in footer.items()]
        elif field in sizes and kind in _INTEGERS:
            sizes[field] = footer.integer()
        else:
            footer.skip(kind)
    return ColumnSize(name=path[0] if path else "", laid_out=sizes[6], packed=sizes[7])


class _Compact:
    """Reader of Thrift's compact protocol.

    Args:
        content: A structure. Reading past its end raises an IndexError.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def fields(self) -> Iterator[tuple[int, int]]:
        """Yield number and type of each field; its value must be read before the next."""
        field = 0
        while header := self._byte():
            field = field + (header >> 4) if header >> 4 else self.integer()
            yield field, header & 15

    def items(self) -> Iterator[int]:
        """Yield the type of each item of a list; its value must be read before the next."""
        header = self._byte()
        size = header >> 4 if header >> 4 < 15 else self._varint()
        # Even an empty structure takes a byte.
        if size > len(self._content) - self._at:
            raise IndexError(size)
        for _ in range(size):
            yield header & 15

    def integer(self) -> int:
        """Return a signed number."""
        number = self._varint()
        return (number >> 1) ^ -(number & 1)

    def binary(self) -> bytes:
        """Return bytes."""
        length = self._varint()
        begin, self._at = self._at, self._at + length
        if self._at > len(self._content):
            raise IndexError(length)
        return self._content[begin : self._at]

    def skip(self, kind: int, *, in_list: bool = False, depth: int = 0) -> None:
        """Skip a value."""
        if depth > _DEEPEST:
            raise IndexError(depth)
        if kind in (_TRUE, _FALSE):
            self._at += in_list
        elif kind == _BYTE:
            self._at += 1
        elif kind in _INTEGERS:
            self._varint()
        elif kind == _DOUBLE:
            self._at += 8
        elif kind == _BINARY:
            self.binary()
        elif kind in (_LIST, _SET):
            for of_item in self.items():
                self.skip(of_item, in_list=True, depth=depth + 1)
        elif kind == _STRUCT:
            for _, of_field in self.fields():
                self.skip(of_field, depth=depth + 1)
        elif kind == _MAP:
            self._skip_map(depth)
        else:
            raise IndexError(kind)

    def _skip_map(self, depth: int) -> None:
        size = self._varint()
        kinds = self._byte() if size else 0
        for _ in range(size):
            self.skip(kinds >> 4, in_list=True, depth=depth + 1)
            self.skip(kinds & 15, in_list=True, depth=depth + 1)

    def _byte(self) -> int:
        byte = self._content[self._at]
        self._at += 1
        return byte

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
            if shift > 70:
                raise IndexError(shift)
