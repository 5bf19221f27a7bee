"""Reconstruction of paragraphs from lines with positions on pages: columns, running heads, hyphens."""

from __future__ import annotations

import collections
import dataclasses
import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Running heads and feet are in these parts of the page, and recur on this proportion of the pages.
_MARGIN = 0.09
_SHARE_OF_PAGES = 0.4
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*")
_DIGITS = re.compile(r"\d+")
# Minimum width of white space between columns, in points.
_GUTTER = 8.0
# A page with more lines is a table or malicious; its lines are read from top to bottom.
_MOST_LINES = 2_000
# A new paragraph is indented by this many points, or is this many line heights lower.
_INDENT = 6.0
_LINES_APART = 0.9
_HYPHENATED = re.compile(r"[^\W\d_]{2}[-\u00ad\u2010]$")
_LAST_WORD = re.compile(r"[^\W\d_]{1,40}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS_SENTENCE = frozenset(".!?:\u201d\"'\u2019)")


@dataclasses.dataclass(frozen=True, kw_only=True)
class PageLine:
    """One line of a page; lengths in points from its upper left corner.

    Attributes:
        text: The text of the line.
        left: Its left edge.
        right: Its right edge.
        top: Its upper edge.
        bottom: Its lower edge.
        page_height: The height of the page.
        column_right: The right edge of its column, once known.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page_height: float
    column_right: float = 0.0

    @property
    def height(self) -> float:
        """Return the height of the line."""
        return max(self.bottom - self.top, 1.0)


def without_running_heads(pages: Sequence[list[PageLine]]) -> list[list[PageLine]]:
    """Return pages without page numbers and without lines that recur at the edge of many pages."""
    counts = collections.Counter(
        key for page in pages for key in {_key(line) for line in page if _is_at_edge(line)}
    )
    least = max(2.0, _SHARE_OF_PAGES * len(pages))

    def is_head(line: PageLine) -> bool:
        if not _is_at_edge(line):
            return False
        return counts[_key(line)] >= least or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))

    return [[line for line in page if not is_head(line)] for page in pages]


def _is_at_edge(line: PageLine) -> bool:
    return line.bottom < _MARGIN * line.page_height or line.top > (1 - _MARGIN) * line.page_height


def _key(line: PageLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.lower().split()))


def ordered_lines(lines: list[PageLine]) -> list[PageLine]:
    """Return the lines of a page in reading order: column after column, with the lines that span them."""
    if len(lines) > _MOST_LINES:
        return _as_column(lines)
    return _ordered(lines, depth=0)


def _ordered(lines: list[PageLine], depth: int) -> list[PageLine]:
    columns = _columns(lines)
    if len(columns) > 1 and depth < 8:
        return [line for column in columns for line in _ordered(column, depth + 1)]
    bands = _bands(lines)
    if len(bands) > 1 and depth < 8:
        merged = _merge_bands(bands)
        if len(merged) > 1:
            return [line for band in merged for line in _ordered(band, depth + 1)]
    return _as_column(lines)


def _as_column(lines: list[PageLine]) -> list[PageLine]:
    right = max((line.right for line in lines), default=0.0)
    placed = sorted(lines, key=lambda line: (round(line.top), line.left))
    return [dataclasses.replace(line, column_right=right) for line in placed]


def _columns(lines: list[PageLine]) -> list[list[PageLine]]:
    """Return the groups of lines separated by vertical strips of white space, from left to right."""
    groups: list[list[PageLine]] = []
    edge = float("-inf")
    for line in sorted(lines, key=lambda line: line.left):
        if not groups or line.left - edge >= _GUTTER:
            groups.append([])
        groups[-1].append(line)
        edge = max(edge, line.right)
    return groups


def _bands(lines: list[PageLine]) -> list[list[PageLine]]:
    """Return the groups of lines separated by horizontal strips of white space, from top to bottom."""
    groups: list[list[PageLine]] = []
    edge = float("-inf")
    for line in sorted(lines, key=lambda line: line.top):
        if not groups or line.top >= edge:
            groups.append([])
        groups[-1].append(line)
        edge = max(edge, line.bottom)
    return groups


def _merge_bands(bands: list[list[PageLine]]) -> list[list[PageLine]]:
    """Merge adjacent bands with the same columns, and adjacent bands without columns."""
    merged: list[list[PageLine]] = []
    for band in bands:
        together = [*merged[-1], *band] if merged else band
        same = bool(merged) and (len(_columns(together)) > 1) == (len(_columns(merged[-1])) > 1)
        # A short line of one column, below both, belongs to the columns; a line across them does not.
        if merged and same and (len(_columns(together)) > 1 or len(_columns(band)) == 1):
            merged[-1] = together
        else:
            merged.append(band)
    return merged


def join_lines(lines: list[PageLine]) -> list[str]:
    """Join lines in reading order to paragraphs."""
    words = _vocabulary(lines)
    paragraphs: list[str] = []
    for previous, line in itertools.pairwise([None, *lines]):
        assert line is not None
        text = " ".join(line.text.split())
        if previous is None or not _goes_on(previous, line):
            paragraphs.append(text)
        else:
            paragraphs[-1] = _join(paragraphs[-1], text, words)
    return paragraphs


def _goes_on(previous: PageLine, line: PageLine) -> bool:
    """Return True if a line belongs to the paragraph of the preceding line."""
    if _HYPHENATED.search(previous.text.rstrip()) and line.text.lstrip()[:1].islower():
        return True
    if not _is_full(previous, line):
        return False
    gap = line.top - previous.bottom
    if gap < -previous.height:
        # At the top of the next column or page.
        return previous.text.rstrip()[-1:] not in _ENDS_SENTENCE
    if gap > _LINES_APART * previous.height or abs(line.height - previous.height) > 0.3 * previous.height:
        return False
    # An indent after a whole sentence begins a paragraph; text below a bullet is indented too.
    return line.left - previous.left < _INDENT or previous.text.rstrip()[-1:] not in _ENDS_SENTENCE


def _is_full(previous: PageLine, line: PageLine) -> bool:
    """Return True if the first word of a line would not have fitted on the preceding line."""
    letter = (previous.right - previous.left) / max(len(previous.text.strip()), 1)
    first = line.text.split()[0] if line.text.split() else ""
    return previous.right + letter * (len(first) + 1) > previous.column_right - letter


def _vocabulary(lines: Iterable[PageLine]) -> collections.Counter[str]:
    return collections.Counter(word.lower() for line in lines for word in _WORD.findall(line.text))


def _join(before: str, after: str, words: collections.Counter[str]) -> str:
    """Join two lines; drop a hyphen between them unless the document hyphenates that word elsewhere."""
    if not _HYPHENATED.search(before):
        return f"{before} {after}"
    first = _LAST_WORD.search(before[-41:-1])
    second = _WORD.match(after)
    if first is None or second is None or not after[:1].islower():
        return f"{before}{after}"
    hyphenated = f"{first[0]}-{second[0]}".lower()
    if words[hyphenated] and not words[hyphenated.replace("-", "", 1)]:
        return f"{before}{after}"
    return f"{before[:-1]}{after}"
