"""An article of an export, and its parts as identified by labels and positions."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from dragoman.readers.vendors.days import find_day
from dragoman.readers.vendors.layouts import IGNORED

if TYPE_CHECKING:
    import datetime as dt

    from dragoman.readers.vendors.layouts import Layout

_WORDS = re.compile(r"([\d,.]+)")
_PLACE = re.compile(r"\s*\([^()]*,[^()]*\)\s*$")
_INVERTED = re.compile(r"(.+), (The|A|An)", re.IGNORECASE)
_BY = re.compile(r"(?i)by:?\s+")


@dataclasses.dataclass(kw_only=True)
class ExportedArticle:
    """The content of an export for one article.

    Attributes:
        paragraphs: The text.
        title: Its headline.
        publisher: The newspaper or agency.
        day: The day of publication, if it could be read.
        written_day: The day as written, if it had a label.
        section: The section of the paper.
        byline: The authors.
        words: Number of words as counted by the database.
    """

    paragraphs: list[str] = dataclasses.field(default_factory=list)
    title: str | None = None
    publisher: str | None = None
    day: dt.date | None = None
    written_day: str | None = None
    section: str | None = None
    byline: str | None = None
    words: int | None = None

    def set(self, field: str, value: str) -> None:
        """Set a field from a label, unless an earlier label has set it."""
        if not value or field == IGNORED or field == "text":
            return
        if field == "words":
            self.words = self.words if self.words is not None else read_words(value)
        elif field == "day":
            self.written_day = self.written_day or value
            self.day = self.day or find_day(value)
        elif field == "byline":
            self.byline = self.byline or without_by(value)
        elif getattr(self, field) is None:
            setattr(self, field, value)


@dataclasses.dataclass(kw_only=True)
class Labelled:
    """An article with its labels read.

    Attributes:
        article: The values of the labels, and the text.
        head: The lines before the text that have no label, including empty ones.
    """

    article: ExportedArticle
    head: list[str]


def read_labelled(lines: list[str], layout: Layout) -> Labelled:
    """Read an article's labels and its text."""
    reader = _Reader(layout)
    following = _following(lines)
    for line, after in zip(lines, following, strict=True):
        reader.take(line, after)
    while reader.head and not reader.head[-1]:
        reader.head.pop()
    return Labelled(article=reader.article, head=reader.head)


def _following(lines: list[str]) -> list[str]:
    """Return, for each line, the next line that is not empty."""
    after: list[str] = []
    later = ""
    for line in reversed(lines):
        after.append(later)
        later = line or later
    return after[::-1]


class _Reader:
    """A parser that reads an article line by line: head, text, tail."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.article = ExportedArticle()
        self.head: list[str] = []
        self._take = self._take_head
        self._open_label: str | None = None
        self._labels_seen = False
        self._after = ""

    def take(self, line: str, after: str) -> None:
        """Read the next line; `after` is the line that follows it."""
        self._after = after
        self._take(line)

    def _take_head(self, line: str) -> None:
        opening = self.layout.opening(line)
        if opening is not None:
            self._begin_text(opening)
            return
        found = self.layout.label(line)
        if found is not None:
            self._take_label(found[1], found[2])
            self._labels_seen = self._labels_seen or found[1] != IGNORED or not self.layout.opens
        elif not line:
            self._open_label = None
            self.head.append("")
        elif self._open_label is not None:
            # The value of a label is on the line below it.
            self.article.set(self._open_label, line)
            self._open_label = None
        elif self.layout.is_passed(line):
            pass
        elif self.layout.implied and self._labels_seen:
            self._begin_text(line)
        else:
            self.head.append(line)

    def _take_label(self, field: str, value: str) -> None:
        self.article.set(field, value)
        self._open_label = None if value else field

    def _begin_text(self, line: str) -> None:
        self._take = self._take_text
        if line:
            self._take_text(line)

    def _take_text(self, line: str) -> None:
        if self.layout.closes_text(line, self._after):
            self._take = self._take_tail
            self._take_tail(line)
        elif not line or self._is_byline_label(line):
            return
        # "Not available." and addresses can occur where the text would begin.
        elif self.article.paragraphs or not self.layout.is_passed(line):
            self.article.paragraphs.append(line)

    def _is_byline_label(self, line: str) -> bool:
        """Return True if a line is a byline before any text, which is metadata."""
        if self.article.paragraphs:
            return False
        found = self.layout.label(line)
        if found is None or found[1] != "byline":
            return False
        self.article.set("byline", found[2])
        return True

    def _take_tail(self, line: str) -> None:
        found = self.layout.label(line)
        if found is not None:
            self._take_label(found[1], found[2])
        elif line and self._open_label is not None:
            self.article.set(self._open_label, line)
            self._open_label = None


def read_words(value: str) -> int | None:
    """Return the number in "1,204 words"."""
    found = _WORDS.search(value)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return int(digits) if digits and len(digits) < 9 else None


def without_by(value: str) -> str:
    """Return a byline without its "By"."""
    return _BY.sub("", value, count=1) if _BY.match(value) else value


def plain_publisher(name: str) -> str:
    """Return a newspaper's name as printed, for "Times, The (London, England)"."""
    without_place = _PLACE.sub("", name).strip()
    inverted = _INVERTED.fullmatch(without_place)
    return f"{inverted[2]} {inverted[1]}" if inverted else without_place


def is_byline(line: str) -> bool:
    """Return True if a line is "By" and one or more names."""
    return len(line) <= 120 and bool(_BY.match(line)) and not line.endswith((".", "!", "?"))
