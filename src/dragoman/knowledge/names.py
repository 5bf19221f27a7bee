"""Matching of many names in text at once, respecting letter case and word boundaries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import msgspec

from dragoman.model.caching import kept_for_words

# Letters that Unicode does not decompose into a base letter and a mark.
_ODD = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ħ": "h", "æ": "a",
    "ə": "a", "ŋ": "n", "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "`": "'", "´": "'",
    "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "\n": " ", "\t": " ", "\r": " ",
}  # fmt: skip

_WORD = re.compile(r"\w+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Return a character without diacritics; always exactly one character."""
    if letter in _ODD:
        return _ODD[letter]
    if letter.isspace():
        return " "
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def plain(text: str) -> str:
    """Remove diacritics and replace each hyphen and white space by a space; length and case are preserved."""
    # A text has few distinct non-ASCII letters: replacing each is faster than processing letter by letter.
    for letter in () if text.isascii() else set(_BEYOND_ASCII.findall(text)):
        if (base := _plain(letter)) != letter:
            text = text.replace(letter, base)
    return text if text.isalnum() else text.translate(_MARKS)


_MARKS = str.maketrans({"-": " ", "\n": " ", "\t": " ", "\r": " ", "`": "'"})


@partial(kept_for_words, 32_768)
def fold(text: str) -> str:
    """Return a text in the form in which names are compared; `fold(t)[i]` corresponds to `t[i]`."""
    return _lower(plain(text))


def _lower(bare: str) -> str:
    low = bare.lower()
    if len(low) == len(bare):
        return low
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in bare)


# Letters and digits in lower case, a space for all else; 1 represents a non-ASCII letter.
_LETTER_BEYOND = "\x01"
_BORDERS = (
    bytes(
        code if code == ord(_LETTER_BEYOND) else ord(chr(code).lower()) if chr(code).isalnum() else ord(" ")
        for code in range(128)
    )
    + b" " * 128
)


def _spaced(text: str) -> bytes:
    """Return a text with one byte per character and words between single spaces, one at each end.

    Names are thus enclosed in spaces, so that the matcher itself skips those inside words.
    """
    if not text.isascii():
        for letter in set(_BEYOND_ASCII.findall(text)):
            base = _plain(letter)
            if not base.isascii():
                base = _LETTER_BEYOND if letter.isalnum() else " "
            text = text.replace(letter, base)
    return b" " + text.encode("ascii").translate(_BORDERS) + b" "


# Maximum number of cached written forms of names.
_MOST_KNOWN = 50_000


class Surface(NamedTuple):
    """One spelling of a name, and its target."""

    text: str
    form: str
    target: str


class Spelling(tuple[Surface, ...]):
    """The surfaces with one spelling; `facts` is a cache for what callers compute from them."""

    facts: Any = None


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A span of a text that matches one or more surfaces."""

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
    """Index that finds all names of a list in a text; built once, then shared by any number of callers."""

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
        # For each folded name, the surfaces that match each written form.
        self._known: list[dict[str, Spelling]] = [{} for _ in by_pattern]
        self._remembered = 0
        self._matcher = BytesAhoCorasick([_spaced(pattern) for pattern in by_pattern])

    @property
    def surfaces(self) -> list[Surface]:
        """All names in the index."""
        return [surface for group in self._surfaces for surface in group]

    @property
    def size(self) -> int:
        """Number of distinct spellings in the index."""
        return len(self._folded)

    def hits(self, text: str) -> list[Hit]:
        """Return every name at word boundaries with matching letter case; hits may overlap."""
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
        """Return the surfaces of a spelling that match a written form; cached, as few have many forms."""
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
    """Return True if each capital of the name is one in the text, or the text is all capitals."""
    if is_acronym(name):
        return False
    if here.isupper():
        return True
    bare = plain(name)
    return all(here[word.start()].isupper() for word in _WORD.finditer(bare) if name[word.start()].isupper())
