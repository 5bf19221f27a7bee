"""Where a report was read: file, archive member, position; and when all of a file has been read."""

from __future__ import annotations

import msgspec

# The file or member as a whole, and a stream whose positions mean nothing to the next reading.
WHOLE = 0
UNORDERED = -1


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report was read.

    Attributes:
        file: Absolute path, address, or "standard input"; "" if it was not read from a file.
        member: Path inside an archive; "" outside archives.
        position: Number of the report in its file or member, from 1; 0 for the file or member as a whole;
            -1 in a stream (standard input, a feed), which does not hold the same reports again.
    """

    file: str = ""
    member: str = ""
    position: int = WHOLE


UNKNOWN = Origin()


class FileEnd(msgspec.Struct, frozen=True):
    """A file was read to its end, without an error that hid a part of it."""

    file: str


class ReadingEnd(msgspec.Struct, frozen=True):
    """All that was given was read.

    Attributes:
        trees: Folders that were read with all folders in them.
        folders: Folders of which some files were read.
    """

    trees: frozenset[str]
    folders: frozenset[str]
