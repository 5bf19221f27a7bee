"""Tokenisation of a noun phrase into words and known names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.knowledge.names import fold

if TYPE_CHECKING:
    from dragoman.knowledge.known_actors import KnownActors
    from dragoman.knowledge.name_match import NameMatch

_TOKEN = re.compile(r"\w+(?:[.'’&]\w+)*(?:-\w+)*|[,;:()–—]|['’]s\b|['’](?=\s)")
_POSSESSIVE = re.compile(r"['’]s$")
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our"}
)


class Scene(NamedTuple):
    """The input of a resolution: known actors, phrase and day."""

    book: KnownActors
    phrase: str
    on: dt.date | None


class Unit(msgspec.Struct):
    """One word, punctuation mark or known name of a phrase."""

    text: str
    start: int
    end: int
    match: NameMatch | None = None

    @property
    def low(self) -> str:
        """The words in the form in which names and roles are compared."""
        return fold(self.text)

    @property
    def is_mark(self) -> bool:
        """Return True for a comma, dash or bracket."""
        return self.match is None and not self.text[:1].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Return True for a capitalised word that is not a known name."""
        return self.match is None and self.text[:1].isupper()


def units_of(scene: Scene) -> list[Unit]:
    """Split a phrase into words, punctuation marks and known names."""
    matches = scene.book.find_in_phrase(scene.phrase, on=scene.on)
    units: list[Unit] = []
    at = 0
    for match in [*matches, None]:
        until = match.start if match else len(scene.phrase)
        for found in _TOKEN.finditer(scene.phrase, at, until):
            text = _POSSESSIVE.sub("", found[0])
            if text and text not in _POSSESSIVES:
                units.append(Unit(text, found.start(), found.start() + len(text)))
        if match is None:
            break
        units.append(Unit(match.text, match.start, match.end, match))
        at = match.end
    return _with_titles(scene, [u for u in units if u.low not in _DETERMINERS or u.match])


def _with_titles(scene: Scene, units: list[Unit]) -> list[Unit]:
    """Merge a title with a preposition into one unit ("secretary of state", "member of parliament")."""
    joined: list[Unit] = []
    at = 0
    while at < len(units):
        size = next((n for n in (4, 3) if _is_title(scene, units[at : at + n], n)), 1)
        first, last = units[at], units[at + size - 1]
        text = scene.phrase[first.start : last.end] if size > 1 else first.text
        joined.append(first if size == 1 else Unit(text, first.start, last.end))
        at += size
    return joined


def _is_title(scene: Scene, units: Sequence[Unit], size: int) -> bool:
    if len(units) < size or any(u.match is not None for u in units) or units[1].low != "of":
        return False
    words = " ".join(u.low for u in units)
    return words in scene.book.roles.roles or words in scene.book.roles.offices


def split(units: Sequence[Unit]) -> list[list[Unit]]:
    """Split at commas, dashes and brackets."""
    parts: list[list[Unit]] = [[]]
    for unit in units:
        if unit.is_mark:
            parts.append([])
        else:
            parts[-1].append(unit)
    return [part for part in parts if part]
