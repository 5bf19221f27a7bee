"""Markup of one report in a feed: paragraphs, without pictures, scripts and forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
     "h6", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
     "content", "description")
)  # fmt: skip
_DROPPED = frozenset(
    ("aside", "audio", "button", "canvas", "embed", "figcaption", "figure", "footer", "form", "head",
     "iframe", "img", "input", "nav", "noscript", "object", "picture", "script", "select", "style", "svg",
     "template", "textarea", "title", "video")
)  # fmt: skip
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def fragment_paragraphs(markup: str, *, where: str) -> list[str]:
    """Return the paragraphs of a piece of markup, or of plain text.

    Raises:
        NoArticleError: The markup has more tags than any report.
    """
    if not _MARKUP.search(markup):
        return markup.split("\n")
    from dragoman.readers.html import parse_markup

    tree = parse_markup(markup, where=where)
    if tree is None:
        return []
    pieces: list[str] = []
    _collect(tree, pieces)
    return "".join(pieces).split("\x00")


def _collect(root: HtmlElement, pieces: list[str]) -> None:
    """Collect paragraphs without recursion: feeds are untrusted, and markup can be nested thousands deep."""
    from lxml import etree

    skip: object = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if skip is None:
                pieces.append(element.tail or "")
            continue
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skip is None and name in _DROPPED:
                skip = element
            if skip is None:
                pieces.append("\x00" if name in _BLOCKS else "")
                pieces.append(element.text or "")
            continue
        if skip is element:
            skip = None
        elif skip is None and name in _BLOCKS:
            pieces.append("\x00")
        if skip is None:
            pieces.append(element.tail or "")
