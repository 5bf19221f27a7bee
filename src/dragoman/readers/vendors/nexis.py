"""Nexis Uni and LexisNexis: title, newspaper, day above the labels (new layout) or below (old layout)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.readers.vendors.articles import ExportedArticle, read_labelled
from dragoman.readers.vendors.days import day_of_line
from dragoman.readers.vendors.lines import runs

if TYPE_CHECKING:
    from dragoman.readers.vendors.layouts import Layout


def read_article(lines: list[str], layout: Layout) -> ExportedArticle:
    """Read one article of either layout."""
    numbered = bool(lines) and layout.begins_article(lines[0])
    read = read_labelled(lines[1:] if numbered else lines, layout)
    if numbered:
        _read_old_head(read.head, read.article)
    else:
        _read_new_head(read.head, read.article, layout)
    return read.article


def _read_new_head(head: list[str], article: ExportedArticle, layout: Layout) -> None:
    """Read title, newspaper, day and edition; a page about the search precedes the first article."""
    covers = [number for number, line in enumerate(head) if layout.is_cover(line)]
    days = [number for number, line in enumerate(head) if line and day_of_line(line)]
    end = days[-1] if days else len(head)
    if days:
        article.day = day_of_line(head[end])
    before = [line for line in head[:end] if line]
    if not days:
        before = before[:2]
    if covers and covers[-1] < end:
        # Lines before the article cannot be distinguished from the last table of the search page.
        before = before[-2:]
    if len(before) > 1 or not days:
        article.publisher = before[-1] if len(before) > 1 else None
        article.title = " ".join(before[:-1] if len(before) > 1 else before) or None
    elif before:
        article.title = before[0]


def _read_old_head(head: list[str], article: ExportedArticle) -> None:
    """Read newspaper, day with edition, and title, in groups separated by empty lines."""
    groups = runs(head)
    for number, group in enumerate(groups):
        day = next((found for line in group if (found := day_of_line(line))), None)
        if day is None:
            continue
        article.day = day
        names = [line for earlier in groups[:number] for line in earlier]
        names += group[: next(i for i, line in enumerate(group) if day_of_line(line))]
        article.publisher = names[0] if names else None
        rest = groups[number + 1 :]
        if rest:
            article.title = " ".join(rest[-1])
        elif len(group) > 1 and not day_of_line(group[-1]):
            article.title = group[-1]
        return
    if groups:
        article.publisher = groups[0][0]
        article.title = " ".join(groups[-1]) if len(groups) > 1 else None
