"""Gale: labels above the text, the citation and the document number below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.readers.vendors.articles import ExportedArticle, plain_publisher, read_labelled
from dragoman.readers.vendors.days import find_day

if TYPE_CHECKING:
    from dragoman.readers.vendors.layouts import Layout

# "The Times (London, England). (Mar. 7, 2022): News: p5."
_SOURCE = re.compile(
    r"(?P<name>[^(.;]+?(?: \([^)]*\))?)\s*[.,;]?\s*\((?P<day>[^)]*\d{4}[^)]*)\)"
    r"(?:\s*:\s*(?P<section>[^:]+?)\s*:)?"
)


def read_article(lines: list[str], layout: Layout) -> ExportedArticle:
    """Read one article."""
    read = read_labelled(lines, layout)
    article = read.article
    if article.title is None:
        article.title = next((line for line in read.head if line), None)
    source = _SOURCE.match(article.publisher or "")
    if source:
        article.publisher = source["name"]
        article.day = article.day or find_day(source["day"])
        article.section = article.section or source["section"]
    article.publisher = plain_publisher(article.publisher) if article.publisher else None
    return article
