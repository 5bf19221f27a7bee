"""Origins of reports (file, archive member, position), and the ends of files and readings."""

from __future__ import annotations

import msgspec

# Positions of the file or member as a whole, and of items of a stream, which are not repeatable.
WHOLE = 0
UNORDERED = -1


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The place where a report was read.

    Attributes:
        file: Absolute path, address, or "standard input"; "" if it was not read from a file.
        member: Path inside an archive; "" outside archives.
        position: Number of the report in its file or member, from 1; 0 for the file or member as a whole;
            -1 in a stream (standard input, a feed), where positions are not repeatable.
    """

    file: str = ""
    member: str = ""
    position: int = WHOLE


UNKNOWN = Origin()


class FileEnd(msgspec.Struct, frozen=True):
    """A file was read to its end without an error that hid part of it."""

    file: str


class ReadingEnd(msgspec.Struct, frozen=True):
    """All inputs were read.

    Attributes:
        trees: Folders that were read with all their subfolders.
        folders: Folders from which some files were read.
    """

    trees: frozenset[str]
    folders: frozenset[str]
