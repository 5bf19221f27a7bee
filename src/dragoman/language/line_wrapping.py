"""Line ends that only wrap a line, and those that begin a paragraph, heading, list item or verse.

A line end inside a sentence is a wrap: the next line begins with a lower-case letter, or the line ends with a
word that cannot end a sentence. In a text with such lines, a line that is too full for the next word is
wrapped too.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

from dragoman.language.headlines import is_headline
from dragoman.language.text_words import load_text_words

# Maximum width of wrapped text; longer lines are paragraphs.
_WIDEST = 130
# Maximum width of verse and lists, whose lines are not filled.
_WIDEST_VERSE = 60
# Headings and lines of addresses are shorter than this.
_WIDE = 45
_SHORTEST_LABEL_LINE = 45

_LINE = re.compile(r"[^\n]*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_ITEM = re.compile(r"(?:[•●▪◦‣*·►»]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s)")
_DASH_ITEM = re.compile(r"[-–—]+\s")
_LABEL = re.compile(r"[A-Z][\w /&.'’-]{0,24}:(?:\s|\Z)")
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
_STOPPED = re.compile(r"[.!?:;…][\"'”’»)\]*]*\Z")
_STOPS = ".!?:;…\"'”’»)]*"
_INNER_STOP = re.compile(r"[a-z0-9%][.!?][\"”’)]* [\"“(]?[A-Z]")
_HYPHEN = re.compile(r"\w-\Z")
_LOWER = re.compile(r"[\"“‘'(\[]*[a-z]")
_OPEN_MARKS = (",", "-", "–", "—")


class _Line(NamedTuple):
    """A stripped line; `end` is the offset of its line end."""

    text: str
    end: int
    is_indented: bool


def paragraph_breaks(text: str) -> list[int]:
    """Return the offsets after which a new paragraph begins.

    Blank lines always separate paragraphs, as do single line ends that do not wrap a line.
    """
    if "\n" not in text:
        return []
    wrapped = set(wrapped_ends(text))
    ends = {match.end() for match in _BLANK_LINE.finditer(text)}
    ends.update(match.end() for match in re.finditer("\n", text) if match.start() not in wrapped)
    return sorted(ends)


@functools.lru_cache(maxsize=64)
def wrapped_ends(text: str) -> tuple[int, ...]:
    """Return the offsets of the line ends that only wrap a line, in order; cached."""
    if "\n" not in text.strip():
        return ()
    blocks = [_Block(lines) for lines in _blocks(text) if len(lines) > 1]
    width = max((block.width for block in blocks if block.is_filled), default=0)
    return tuple(end for block in blocks for end in block.wrapped(width))


def _blocks(text: str) -> list[list[_Line]]:
    """Return the lines between blank lines."""
    blocks: list[list[_Line]] = [[]]
    at = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            blocks[-1].append(_Line(line, at + len(raw), raw[:1] in " \t"))
        elif blocks[-1]:
            blocks.append([])
        at += len(raw) + 1
    return blocks


class _Block:
    """Lines without a blank line between them."""

    def __init__(self, lines: list[_Line]) -> None:
        self._pairs = list(itertools.pairwise(lines))
        self.width = max(len(line.text) for line in lines)
        self._is_narrow = self.width <= _WIDEST
        self._goes_on = [
            _goes_on(a.text, b.text, is_narrow=self._is_narrow) and not _is_apart(a, b)
            for a, b in self._pairs
        ]
        if any(self._goes_on) and self._is_verse(lines[0].text):
            self._goes_on = [
                goes_on and (bool(_HYPHEN.search(a.text)) or _is_open(a.text))
                for goes_on, (a, _) in zip(self._goes_on, self._pairs, strict=True)
            ]

    @property
    def is_filled(self) -> bool:
        """True if a line continues in the next one because the next word did not fit."""
        return self._is_narrow and any(
            goes_on and self._is_full(a, b, self.width)
            for goes_on, (a, b) in zip(self._goes_on, self._pairs, strict=True)
        )

    def wrapped(self, width: int) -> list[int]:
        """Return the ends of the lines that wrap.

        Args:
            width: Width of the text in characters; 0 if unknown.
        """
        ends = []
        for goes_on, (a, b) in zip(self._goes_on, self._pairs, strict=True):
            if goes_on or (self._is_narrow and self._may_wrap(a, b, width)):
                ends.append(a.end)
        return ends

    def _may_wrap(self, a: _Line, b: _Line, width: int) -> bool:
        """Return True if a full line is wrapped although a sentence could end there."""
        if not self._is_full(a, b, max(width, self.width)):
            return False
        is_certain = width > 0 or _is_inside_sentence(a.text)
        return (is_certain or self._is_one_sentence(a.text, b.text)) and not _is_apart(a, b)

    def _is_one_sentence(self, first: str, second: str) -> bool:
        """Return True if a block of two lines is one sentence, not a heading and its text."""
        is_alone = len(self._pairs) == 1 and len(first) >= _WIDE
        return (
            is_alone and bool(_STOPPED.search(second)) and not (_STOPPED.search(first) or is_headline(first))
        )

    @staticmethod
    def _is_full(a: _Line, b: _Line, width: int) -> bool:
        return len(a.text) + 1 + len(b.text.split(None, 1)[0]) > width

    def _is_verse(self, first: str) -> bool:
        """Return True if these are lines of verse or an unmarked list: narrow and not filled."""
        if self.width > _WIDEST_VERSE:
            return False
        unfilled = sum(not self._is_full(a, b, self.width) for a, b in self._pairs)
        if first[0].islower():
            return True
        return len(self._pairs) > 1 and 3 * unfilled >= len(self._pairs)


def _is_apart(a: _Line, b: _Line) -> bool:
    """Return True if one of two lines is a heading, a list item, a label or a table row."""
    first, second = a.text, b.text
    if _ITEM.match(second) and not _is_open(first):
        return True
    if _DASH_ITEM.match(second) and (_STOPPED.search(first) or _DASH_ITEM.match(first)):
        return True
    if _LABEL.match(second) or _COLUMNS.search(first) or _COLUMNS.search(second):
        return True
    if _LABEL.match(first) and len(first) < _SHORTEST_LABEL_LINE and not _LOWER.match(second):
        return True
    if first.isupper() and not second.isupper() and len(first) > 1:
        return not _is_open(first)
    return b.is_indented and not a.is_indented and bool(_STOPPED.search(first))


def _goes_on(first: str, second: str, *, is_narrow: bool) -> bool:
    """Return True if a sentence certainly continues from one line to the next.

    Among lines that are whole paragraphs, a caption without a full stop can precede anything.
    """
    if first[-1] in _STOPS and _STOPPED.search(first) and not _ends_with_title(first):
        return False
    if _HYPHEN.search(first) and second[0].isalpha():
        return True
    if not _LOWER.match(second):
        return _is_open(first)
    return is_narrow or _is_open(first) or _is_linked(first)


def _is_open(line: str) -> bool:
    """Return True if a line ends with a word that must be followed by a noun."""
    return _last_word(line) in load_text_words()["line_openers"]


def _is_linked(line: str) -> bool:
    """Return True if a line ends with a comma or a word after which a sentence usually continues."""
    return line.endswith(_OPEN_MARKS) or _last_word(line) in load_text_words()["line_links"]


def _last_word(line: str) -> str:
    return line.rsplit(None, 1)[-1].lower()


def _ends_with_title(line: str) -> bool:
    return line.endswith(".") and _is_open(line)


def _is_inside_sentence(line: str) -> bool:
    """Return True if a line ends inside a sentence, judging by its last word or its content."""
    if _STOPPED.search(line):
        return False
    if _last_word(line) in load_text_words()["line_links"]:
        return True
    return len(line) >= _WIDE and (line.endswith(_OPEN_MARKS) or bool(_INNER_STOP.search(line)))
