"""Factiva: one layout uses positions ("877 words", day, newspaper), the other two-letter codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.readers.vendors.articles import ExportedArticle, is_byline, read_words, without_by
from dragoman.readers.vendors.days import day_of_line

if TYPE_CHECKING:
    from dragoman.readers.vendors.layouts import Layout

_COUNT = re.compile(r"[\d,.]+ words")
_TIME = re.compile(r"\d{1,2}:\d{2}(?: ?[ap]m)?(?: [A-Z]{2,5})?", re.IGNORECASE)
_CODE = re.compile(r"\|?([A-Z]{2,3})(?:[\t|]\s*(.*))?", re.DOTALL)
# The lines between the day and the text: newspaper, code, volume, edition, page, language and copyright.
_MOST_FACTS = 12
_LONGEST_FACT = 60
_LONGEST_SECTION = 60


def read_article(lines: list[str], layout: Layout) -> ExportedArticle:
    """Read one article of either layout."""
    if any(_code(line, layout) == "title" for line in lines):
        return _read_coded(lines, layout)
    return _read_positions([line for line in lines if line], layout)


def _code(line: str, layout: Layout) -> str | None:
    found = _CODE.fullmatch(line)
    return layout.codes.get(found[1]) if found else None


def _read_coded(lines: list[str], layout: Layout) -> ExportedArticle:
    article = ExportedArticle()
    field: str | None = None
    for line in lines:
        known = _code(line, layout)
        if known is not None:
            field = known
            found = _CODE.fullmatch(line)
            line = (found[2] or "") if found else ""
        value = line.strip().strip("|").strip()
        if not value or field is None:
            continue
        if field == "text":
            article.paragraphs.append(value)
        elif field == "title" and article.title is not None:
            article.title += f" {value}"
        else:
            article.set(field, value)
    return article


def _read_positions(lines: list[str], layout: Layout) -> ExportedArticle:
    article = ExportedArticle()
    count = next((i for i, line in enumerate(lines) if _COUNT.fullmatch(line)), None)
    if count is None:
        return article
    article.words = read_words(lines[count])
    _read_title([line for line in lines[:count] if not layout.is_passed(line)], article)
    start = count + 1
    if start < len(lines):
        article.day = day_of_line(lines[start])
        start += article.day is not None
    if start < len(lines) and _TIME.fullmatch(lines[start]):
        start += 1
    if start < len(lines):
        article.publisher = lines[start]
        start += 1
    start = _text_start(lines, start, layout)
    for line in lines[start:]:
        if layout.closes_text(line):
            break
        article.paragraphs.append(line)
    return article


def _read_title(lines: list[str], article: ExportedArticle) -> None:
    """Read section, title, byline and credit, of which only the title is required."""
    byline = next((i for i, line in enumerate(lines) if is_byline(line)), None)
    if byline is not None:
        article.byline = without_by(lines[byline])
        lines = lines[:byline]
    if not lines:
        return
    title = len(lines) - 1 if byline is not None else max(range(len(lines)), key=lambda i: len(lines[i]))
    article.title = lines[title]
    if title and len(lines[title - 1]) <= _LONGEST_SECTION:
        article.section = lines[title - 1]
    if byline is None and title + 1 < len(lines):
        article.byline = lines[title + 1]


def _text_start(lines: list[str], start: int, layout: Layout) -> int:
    """Return the first line of the text: after the copyright notice, else after the short lines of facts."""
    facts = lines[start : start + _MOST_FACTS]
    for number, line in enumerate(facts):
        if layout.is_passed(line):
            return start + number + 1
        if len(line) > _LONGEST_FACT:
            return start + number
    return start
