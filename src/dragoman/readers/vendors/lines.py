"""Lines of an export: cleaned, and joined if a text file wrapped its paragraphs to a width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.readers.vendors.layouts import Layout

_SPACES = re.compile("[ \u00a0\u2007\u202f]*\t[ \u00a0\u2007\u202f\t]*|[ \u00a0\u2007\u202f]+")
# Two capitals and a space are a code and its field.
_CODE_GAP = re.compile(r"\A([A-Z]{2,3})\s{2,}(?=\S)")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x0c\x00]")
# Text files are wrapped at about eighty characters; longer lines are whole paragraphs.
_WIDEST = 100
_NARROWEST = 50
# Centred lines are titles, days and notices, which are never joined.
_CENTRED = re.compile(r"[ \t]{8,}\S")


def tidy_line(line: str) -> str:
    """Return a line with single spaces, or a tab between cells, and without invisible characters."""
    seen = (
        _CODE_GAP.sub("\\1\t", _UNSEEN.sub("", line), count=1)
        if line[:1].isupper()
        else _UNSEEN.sub("", line)
    )
    return _SPACES.sub(lambda gap: "\t" if "\t" in gap[0] else " ", seen).strip()


def tidy_lines(lines: Iterable[str]) -> list[str]:
    """Return cleaned lines, with at most one empty line between two others."""
    kept: list[str] = []
    for line in lines:
        tidied = tidy_line(line)
        if tidied or (kept and kept[-1]):
            kept.append(tidied)
    return kept


def unwrapped(lines: list[str], layout: Layout) -> list[str]:
    """Join the lines that were one line before they were wrapped to a width.

    A line was wrapped if the first word of the next line would not have fitted on it.
    """
    width = _width(lines)
    if not width:
        return tidy_lines(lines)
    joined: list[str] = []
    open_width = 0
    for line in lines:
        text = tidy_line(line)
        alone = not text or _CENTRED.match(line) or layout.label(text) or layout.begins_article(text)
        if open_width and not alone and open_width + 1 + len(text.split(" ", 1)[0]) > width:
            joined[-1] += f" {text}"
        else:
            joined.append(text)
        open_width = 0 if not text or _CENTRED.match(line) else len(line.rstrip())
    return tidy_lines(joined)


def _width(lines: list[str]) -> int:
    """Return the width to which lines were wrapped; 0 if they were not."""
    lengths = [len(line.rstrip()) for line in lines if line.strip() and not line.strip().startswith("http")]
    widest = max(lengths, default=0)
    return widest if _NARROWEST <= widest <= _WIDEST else 0


def runs(lines: Iterable[str]) -> list[list[str]]:
    """Return the groups of lines between empty lines."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
