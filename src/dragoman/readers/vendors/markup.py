"""Lines of an exported page, without a search for a main text: every block is one line."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from dragoman.errors import NoArticleError
from dragoman.settings import MAX_EXPORT_TAGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "form", "h1", "h2",
     "h3", "h4", "h5", "h6", "hr", "html", "li", "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_DROPPED = frozenset(
    ("head", "script", "style", "noscript", "template", "iframe", "object", "select", "button")
)
_TAG = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"\s*\n\s*")


def bare_text(markup: str) -> str:
    """Return markup with a line break for each tag: sufficient to recognise a database."""
    return html.unescape(_TAG.sub("\n", markup))


def markup_lines(markup: str, *, where: str) -> list[str]:
    """Return the lines of a page; the cells of a row are one line, separated by tabs.

    Raises:
        NoArticleError: The page has more tags than any export, or no markup.
    """
    if markup.count("<") > MAX_EXPORT_TAGS:
        raise NoArticleError(
            where=where, why=f"more than {MAX_EXPORT_TAGS:,} tags", advice="export it in parts"
        )
    from lxml import etree
    from lxml import html as parser

    try:
        tree = parser.document_fromstring(
            markup.replace("\x00", "").encode("utf-8", "replace"),
            parser=parser.HTMLParser(
                encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
            ),
            ensure_head_body=True,
        )
    except (etree.ParserError, ValueError) as error:
        raise NoArticleError(where=where, why="no markup in it", advice="export it again") from error
    pieces: list[str] = []
    _collect(tree, pieces)
    return [line for block in "".join(pieces).split("\x00") for line in (block, "")]


def _collect(tree: HtmlElement, pieces: list[str]) -> None:
    """Collect lines without recursion: markup can be nested thousands of levels deep."""
    from lxml import etree

    skip: object = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skip is None and name in _DROPPED:
                skip = element
            if skip is None:
                pieces.append("\x00" if name in _BLOCKS else "\t" if name in _CELLS else "")
                pieces.append(_flat(element.text))
            continue
        if skip is element:
            skip = None
        if skip is None:
            pieces.append("\x00" if name in _BLOCKS else "")
            pieces.append(_flat(element.tail))


def _flat(text: str | None) -> str:
    """Replace line breaks, which are spaces in markup."""
    return _BREAKS.sub(" ", text.replace("\t", " ")) if text else ""
