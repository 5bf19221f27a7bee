"""Tracking of origins: the file and archive member being read, and the number of each report in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import BrokenFileError
from dragoman.model.documents import Document, DocumentAt, Failure
from dragoman.model.origins import UNKNOWN, UNORDERED, WHOLE, FileEnd, Origin, ReadingEnd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = Document | Failure
Step = DocumentAt | Failure | FileEnd | ReadingEnd


class OriginTracker:
    """The current position of a reading. Readers of archives report which member they enter."""

    def __init__(self) -> None:
        self._file = ""
        self._member = ""
        self._count = 0
        self._is_stream = False
        self._is_whole = True
        self._trees: set[str] = set()
        self._folders: set[str] = set()

    def enter_tree(self, folder: Path) -> None:
        """Record that a folder is read with all its subfolders."""
        self._trees.add(_name_of(folder))

    def enter_file(self, file: Path) -> None:
        """Begin a file."""
        self._enter(_name_of(file))
        self._folders.add(str(Path(self._file).parent))

    def enter_address(self, address: str) -> None:
        """Begin a file at a remote address."""
        self._enter(address)

    def enter_stream(self, name: str) -> None:
        """Begin a stream, whose reports cannot be expected again at the same positions."""
        self._enter(name)
        self._is_stream = True

    def _enter(self, file: str) -> None:
        self._file, self._member, self._count = file, "", 0
        self._is_stream, self._is_whole = False, True

    def enter_member(self, name: str) -> str:
        """Enter a member of the archive being read; return the previous member."""
        before = self._member
        self.leave_member(f"{before}/{name}" if before else name)
        return before

    def leave_member(self, member: str) -> None:
        """Continue in another member; "" is the file itself."""
        self._member, self._count = member, 0

    def break_off(self) -> Origin:
        """Record that the rest of the file or member cannot be read; return the origin of this failure."""
        self._is_whole = False
        return self.whole()

    def whole(self) -> Origin:
        """Return the origin of the file or member as a whole."""
        return Origin(file=self._file, member=self._member, position=self._position(WHOLE))

    def located(self, items: Iterator[Item]) -> Iterator[DocumentAt | Failure | FileEnd]:
        """Yield the items of one file with their origins, and its end if all of it was read."""
        for item in items:
            if isinstance(item, Failure) and item.origin.file:
                yield item
                continue
            self._count += 1
            origin = Origin(file=self._file, member=self._member, position=self._position(self._count))
            if isinstance(item, Failure):
                if item.error == BrokenFileError.__name__:
                    # The content after it may have been lost as well.
                    self._is_whole = False
                yield msgspec.structs.replace(item, origin=origin)
            else:
                yield DocumentAt(item, origin)
        if self._is_whole and not self._is_stream:
            yield FileEnd(self._file)

    def end(self) -> ReadingEnd:
        """Return all folders that were read."""
        return ReadingEnd(trees=frozenset(self._trees), folders=frozenset(self._folders))

    def _position(self, number: int) -> int:
        return UNORDERED if self._is_stream else number


class Reports:
    """An iterator over documents and failures that can also give their origins."""

    def __init__(self, steps: Iterator[Step]) -> None:
        self._steps = steps

    def __iter__(self) -> Iterator[Document | Failure]:
        return self

    def __next__(self) -> Document | Failure:
        for step in self._steps:
            if isinstance(step, DocumentAt):
                return step.document
            if isinstance(step, Failure):
                return step
        raise StopIteration

    def steps(self) -> Iterator[Step]:
        """Return the remaining steps: documents with their origins, failures, and ends of files."""
        return self._steps


def steps_of(documents: Iterable[Item | Step]) -> Iterator[Step]:
    """Yield documents with their origins; unknown origins are `UNKNOWN`."""
    for item in documents.steps() if isinstance(documents, Reports) else documents:
        yield DocumentAt(item, UNKNOWN) if isinstance(item, Document) else item


def in_stream(name: str, items: Iterable[Item]) -> list[Step]:
    """Return items with a stream, such as the address of a feed, as their origin."""
    origin = Origin(file=name, position=UNORDERED)
    return [
        DocumentAt(item, origin)
        if isinstance(item, Document)
        else msgspec.structs.replace(item, origin=origin)
        for item in items
    ]


def _name_of(path: Path) -> str:
    """Return an absolute path as text that can be stored in a record."""
    # Links are not resolved: the path stays as the user gave it.
    return os.path.normpath(path.absolute()).encode("utf-8", "replace").decode("utf-8")
