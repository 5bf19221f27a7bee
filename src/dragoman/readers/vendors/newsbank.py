"""NewsBank: labels above the text, or day and newspaper separated by a bar; the record number below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.readers.vendors.articles import ExportedArticle, plain_publisher, read_labelled
from dragoman.readers.vendors.days import day_of_line, find_day

if TYPE_CHECKING:
    from dragoman.readers.vendors.layouts import Layout

_BAR = re.compile(r"\s*\|\s*")
_COUNT = re.compile(r"[\d,]+ words", re.IGNORECASE)


def read_article(lines: list[str], layout: Layout) -> ExportedArticle:
    """Read one article."""
    read = read_labelled(_parted(lines, layout), layout)
    article = read.article
    rest: list[str] = []
    for line in (line for line in read.head if line):
        if article.day is None and day_of_line(line):
            article.day = find_day(line)
        else:
            rest.append(line)
    if article.title is None and rest:
        article.title = rest.pop(0)
    if article.publisher is None and rest:
        article.publisher = rest.pop(0)
    article.publisher = plain_publisher(article.publisher) if article.publisher else None
    if article.title is not None and article.paragraphs[:1] == [article.title]:
        article.paragraphs.pop(0)
    return article


def _parted(lines: list[str], layout: Layout) -> list[str]:
    """Split lines of facts at the bars, one fact per line: "March 7, 2022 | Times, The (City)"."""
    parted: list[str] = []
    for line in lines:
        if _COUNT.fullmatch(line):
            parted.append(f"Word Count: {line}")
            continue
        parts = _BAR.split(line) if len(line) < 300 and "|" in line else [line]
        facts = len(parts) > 1 and any(day_of_line(part) or layout.label(part) for part in parts)
        parted += [part for part in parts if part] if facts else [line]
    return parted
