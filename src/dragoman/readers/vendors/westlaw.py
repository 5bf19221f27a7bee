"""Westlaw's news: citation, newspaper, day, section, title and text by position, index terms below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.readers.vendors.articles import ExportedArticle, is_byline, without_by
from dragoman.readers.vendors.days import day_of_line

if TYPE_CHECKING:
    from dragoman.readers.vendors.layouts import Layout

_NUMBER = re.compile(r"\d{4} WLNR \d+")


def read_article(lines: list[str], layout: Layout) -> ExportedArticle:
    """Read one article."""
    article = ExportedArticle()
    number = next((i for i, line in enumerate(lines) if _NUMBER.fullmatch(line)), None)
    if number is None:
        return article
    rest = [line for line in lines[number + 1 :] if line and not layout.is_passed(line)]
    end = next((i for i, line in enumerate(rest) if layout.closes_text(line)), len(rest))
    for line in rest[end:]:
        found = layout.label(line)
        if found:
            article.set(found[1], found[2])
    _read_head_and_text(rest[:end], article, layout)
    return article


def _read_head_and_text(lines: list[str], article: ExportedArticle, layout: Layout) -> None:
    day = next((i for i, line in enumerate(lines) if day_of_line(line)), None)
    if day is None:
        day = min(1, len(lines)) - 1
    else:
        article.day = day_of_line(lines[day])
        article.publisher = lines[0] if day else None
    for line in lines[day + 1 :]:
        found = layout.label(line) if not article.paragraphs else None
        if found:
            article.set(found[1], found[2])
        elif article.title is None:
            article.title = line
        elif article.byline is None and not article.paragraphs and is_byline(line):
            article.byline = without_by(line)
        else:
            article.paragraphs.append(line)
