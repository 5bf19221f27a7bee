"""Names over text: matching many names at once, letter case and word borders kept in mind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import msgspec

from dragoman.model.caching import kept_for_words

# Letters that Unicode does not take apart into a base letter and a mark.
_ODD = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ħ": "h", "æ": "a",
    "ə": "a", "ŋ": "n", "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "`": "'", "´": "'",
    "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "\n": " ", "\t": " ", "\r": " ",
}  # fmt: skip

_WORD = re.compile(r"\w+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Give one character without its marks; always exactly one character."""
    if letter in _ODD:
        return _ODD[letter]
    if letter.isspace():
        return " "
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def plain(text: str) -> str:
    """Take marks off letters and make hyphens and white space single spaces; length and case stay."""
    # A text has few different letters beyond ASCII: replacing each is faster than going letter by letter.
    for letter in () if text.isascii() else set(_BEYOND_ASCII.findall(text)):
        if (base := _plain(letter)) != letter:
            text = text.replace(letter, base)
    return text if text.isalnum() else text.translate(_MARKS)


_MARKS = str.maketrans({"-": " ", "\n": " ", "\t": " ", "\r": " ", "`": "'"})


@partial(kept_for_words, 32_768)
def fold(text: str) -> str:
    """Give the text in the form names are compared in, letter for letter: `fold(t)[i]` stands for `t[i]`."""
    return _lower(plain(text))


def _lower(bare: str) -> str:
    low = bare.lower()
    if len(low) == len(bare):
        return low
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in bare)


# Letters and digits in lower case, a space for all else; 1 stands for a letter beyond ASCII.
_LETTER_BEYOND = "\x01"
_BORDERS = (
    bytes(
        code if code == ord(_LETTER_BEYOND) else ord(chr(code).lower()) if chr(code).isalnum() else ord(" ")
        for code in range(128)
    )
    + b" " * 128
)


def _spaced(text: str) -> bytes:
    """Give a text as one byte a character, words between single spaces, one at each end.

    Names stand between spaces then, so that the matcher itself skips those inside words.
    """
    if not text.isascii():
        for letter in set(_BEYOND_ASCII.findall(text)):
            base = _plain(letter)
            if not base.isascii():
                base = _LETTER_BEYOND if letter.isalnum() else " "
            text = text.replace(letter, base)
    return b" " + text.encode("ascii").translate(_BORDERS) + b" "


# How many written forms of names are remembered.
_MOST_KNOWN = 50_000


class Surface(NamedTuple):
    """One way to write a name, and which target it points to."""

    text: str
    form: str
    target: str


class Spelling(tuple[Surface, ...]):
    """The surfaces that are written in one way; `facts` is room for what a reader of them works out once."""

    facts: Any = None


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A place in a text where one or more surfaces stand."""

    start: int
    end: int
    surfaces: Spelling


def is_acronym(text: str) -> bool:
    """Return True if a name is an abbreviation, so that its letter case must be kept ("WHO", "AfD")."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if len(letters) <= 4 and capitals >= 2 and " " not in text:
        return True
    return len(text) <= 8 and bool(letters) and capitals == len(letters)


class NameIndex:
    """Finds all names of a list in a text; built once, then read by any number of callers."""

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        by_pattern: dict[str, list[Surface]] = {}
        for surface in surfaces:
            pattern = fold(surface.text)
            if pattern:
                by_pattern.setdefault(pattern, []).append(surface)
        self._surfaces: Sequence[list[Surface]] = list(by_pattern.values())
        self._folded = list(by_pattern)
        self._named = [[(s, plain(s.text)) for s in group] for group in self._surfaces]
        # For each spelling the surfaces that fit a way to write it.
        self._known: list[dict[str, Spelling]] = [{} for _ in by_pattern]
        self._remembered = 0
        self._matcher = BytesAhoCorasick([_spaced(pattern) for pattern in by_pattern])

    @property
    def surfaces(self) -> list[Surface]:
        """All names that are looked for."""
        return [surface for group in self._surfaces for surface in group]

    @property
    def size(self) -> int:
        """How many different spellings are looked for."""
        return len(self._folded)

    def hits(self, text: str) -> list[Hit]:
        """Give every name that stands on word borders in its right case; they may overlap."""
        found, known = [], self._known
        for number, start, after in self._matcher.find_matches_as_indexes(_spaced(text), overlapping=True):
            end = after - 2
            here = text[start:end]
            kept = known[number].get(here)
            if kept is None:
                kept = self._fitting(number, here)
            # A name between spaces may be part of an address or of a name in code: *x.com/us_news*.
            if text[end : end + 1] == "_" or (
                start > 1 and text[start - 1] in ".@/_" and text[start - 2].isalnum()
            ):
                continue
            if kept:
                found.append(Hit(start, end, kept))
        return found

    def _fitting(self, number: int, here: str) -> Spelling:
        """Return the surfaces of a spelling that are written so; few are written in many ways."""
        bare = plain(here)
        kept = Spelling()
        if _lower(bare) == self._folded[number]:
            kept = Spelling(s for s, name in self._named[number] if bare == name or _case_fits(s.text, bare))
        if self._remembered >= _MOST_KNOWN:
            self._remembered = 0
            for ways in self._known:
                ways.clear()
        self._remembered += 1
        self._known[number][here] = kept
        return kept


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits, from the left."""
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
        elif hit.end - hit.start > chosen[-1].end - chosen[-1].start:
            chosen[-1] = hit
    return chosen


def _case_fits(name: str, here: str) -> bool:
    """Compare letter case: each capital of the name must be one in the text, or all of it is capitals."""
    if is_acronym(name):
        return False
    if here.isupper():
        return True
    bare = plain(name)
    return all(here[word.start()].isupper() for word in _WORD.finditer(bare) if name[word.start()].isupper())
