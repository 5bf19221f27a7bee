"""Location of the words of a model's answer in the paragraph."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that models substitute; each replaces one character, so that offsets are preserved.
_SAME = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u00ab": '"', "\u00bb": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
}  # fmt: skip
_WHITE = re.compile(r"\s+")


def find_words(words: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of some words in a text, ignoring differences of white space and quotation marks.

    Matching is case-sensitive, and only whole words are found.
    """
    wanted = _WHITE.sub(" ", _plain(words)).strip()
    if not any(letter.isalnum() for letter in wanted):
        return []
    pattern = re.compile(r"\s+".join(re.escape(part) for part in wanted.split(" ")))
    return [match.span() for match in pattern.finditer(_plain(text)) if _is_whole(match, text)]


def nearest(spans: list[tuple[int, int]], to: tuple[int, int]) -> tuple[int, int]:
    """Return the span that is nearest to another."""
    return min(spans, key=lambda span: (_distance(span, to), span))


def within(spans: list[tuple[int, int]], outer: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the spans contained in another."""
    return [span for span in spans if outer[0] <= span[0] and span[1] <= outer[1]]


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def _is_whole(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    behind = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not behind


def _plain(text: str) -> str:
    return "".join(_letters(text))


def _letters(text: str) -> Iterator[str]:
    for letter in text:
        if letter in _SAME:
            yield _SAME[letter]
        else:
            composed = unicodedata.normalize("NFC", letter)
            yield composed if len(composed) == 1 else letter
