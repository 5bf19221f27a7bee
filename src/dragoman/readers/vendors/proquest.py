"""ProQuest: labels before and after the text; the title is at the top, and again after its label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.readers.vendors.articles import ExportedArticle, read_labelled
from dragoman.readers.vendors.days import find_day

if TYPE_CHECKING:
    from dragoman.readers.vendors.layouts import Layout

# "The Times ; London (UK) [London (UK)]. 07 Mar 2022: 12."
_PUBLICATION = re.compile(r"(?i)publication info:\s*([^;\[.]+)")


def read_article(lines: list[str], layout: Layout) -> ExportedArticle:
    """Read one article."""
    read = read_labelled(lines, layout)
    article = read.article
    first = next((line for line in read.head if line), None)
    article.title = first or article.title
    if article.publisher is not None:
        # "The Times; London": the place is not part of the name.
        article.publisher = article.publisher.split(";")[0].strip()
    for line in lines:
        found = _PUBLICATION.match(line)
        if found:
            article.publisher = article.publisher or found[1].strip()
            article.day = article.day or find_day(line[found.end() :])
            break
    return article
