"""Small places: towns over 1,000 people, regions of two levels, and sites such as camps and crossings.

They are separate from the gazetteer of well-known places, since most of their names usually mean something
else: they count only where a text locates something there. The table is kept as bytes and searched by
bisection, so that loading creates no object per line. GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.errors import KnowledgeError
from dragoman.knowledge.gazetteer import Candidate, fold_name, read_place, unpacked
from dragoman.knowledge.loading import data_folder
from dragoman.model.caching import kept_for_words

if TYPE_CHECKING:
    from pathlib import Path

_TAB = b"\t"
_HELD_BACK = "!"
_OTHER_NAME = "~"


class SmallName(NamedTuple):
    """Candidates of a name; withheld if it is also a word, a surname, a first name or a firm."""

    candidates: tuple[Candidate, ...]
    is_held_back: bool


class _Lines:
    """The lines of a block of bytes, split on access."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n"))
        self._starts = np.concatenate(([0], ends + 1, [len(block) + 1])).astype(np.int32)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._block[self._starts[number] : self._starts[number + 1] - 1]


class SmallPlaces:
    """Small places by name. Build it with `load_small_places`."""

    def __init__(self, rows: bytes, names: bytes) -> None:
        self._rows = _Lines(rows)
        self._names = _Lines(names)
        self._found = kept_for_words(8192, self._find)
        self._begun = kept_for_words(32768, self._begins)

    def __len__(self) -> int:
        return len(self._rows)

    def lookup(self, name: str) -> SmallName | None:
        """Return every small place with a name; None if there is none."""
        return self._found(fold_name(name))

    def may_begin(self, word: str) -> bool:
        """Return True if some name begins with this word; most capitalised words need no further search."""
        return self._begun(word)

    def _begins(self, word: str) -> bool:
        key = fold_name(word).encode()
        at = bisect_left(self._names, key)
        return bool(key) and at < len(self._names) and self._names[at].startswith((key + _TAB, key + b" "))

    def _find(self, key: str) -> SmallName | None:
        start = key.encode() + _TAB
        at = bisect_left(self._names, start)
        if at == len(self._names) or not (line := self._names[at]).startswith(start):
            return None
        refs = line[len(start) :].decode()
        candidates = tuple(
            Candidate(read_place(self._rows[int(ref.lstrip(_OTHER_NAME))].decode()), not ref.startswith("~"))
            for ref in refs.lstrip(_HELD_BACK).split()
        )
        return SmallName(candidates, refs.startswith(_HELD_BACK))


@functools.cache
def load_small_places(path: Path | None = None) -> SmallPlaces:
    """Load the table; cached.

    Args:
        path: A table made by scripts/small_places.py; by default that of the package.

    Raises:
        KnowledgeError: The table is missing or corrupt.
    """
    source = path or data_folder() / "gazetteer" / "small_places.tsv.gz"
    with unpacked(source, script="small_places.py") as content:
        parts = content.rstrip(b"\n").split(b"\n\n")
    if len(parts) != 3 or parts[1].split(b"\n", 1)[0].count(_TAB) != 7:
        message = "not a table of small places; make it again with scripts/small_places.py"
        raise KnowledgeError(where=source.name, message=message)
    return SmallPlaces(parts[1], parts[2])
