"""Saved web pages: the text of the report, and its title, day and publisher as given by the page."""

from __future__ import annotations

import copy
import functools
import re
from typing import TYPE_CHECKING, Any

from dragoman.errors import BrokenFileError, DocumentError, NoArticleError
from dragoman.readers.cleaning import clean_paragraphs
from dragoman.readers.documents import make_document, reason_of
from dragoman.readers.encoding import decode
from dragoman.readers.page_facts import find_facts
from dragoman.readers.text import facts_beside
from dragoman.settings import MAX_PAGE_BYTES, MAX_PAGE_TAGS, MAX_TAG_ATTRIBUTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from configparser import ConfigParser

    from lxml.html import HtmlElement

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

PARAGRAPH_BREAK = "\n\n"
_ADVICE = "save the page of one report, or give its text as .txt"
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# A tag to its end; `>` may be inside quotation marks. Nothing is required after it, so that the search never
# backtracks.
_QUOTED = re.compile("\"[^\"]{0,20000}\"|'[^']{0,20000}'")
_TAG = re.compile(f"<[a-zA-Z](?:[^>\"']|{_QUOTED.pattern}|[\"'])*")
_SEPARATOR = re.compile(r"[\s/]+[^\s/>]")
# The length below which trafilatura itself considers its result unreliable.
_SHORT_REPORT = 250
_DUMP_RATIO = 3
# trafilatura caches what it has seen; the memory of a long run must not grow with it.
_PAGES_BETWEEN_RESETS = 2_000
_pages_read = 0


def read_html(source: Source) -> Iterator[Document | Failure]:
    """Yield the one document of a saved page.

    Raises:
        DocumentError: The page is too large, is not text, or contains no report.
    """
    content = source.read_whole(MAX_PAGE_BYTES, what="one page", advice=_ADVICE)
    beside = facts_beside(source.path) if source.path else {}
    yield page_document(content, where=source.name, given=beside)


def page_document(
    content: bytes, *, where: str, declared: str | None = None, given: dict[str, Any] | None = None
) -> Document:
    """Return a document of the bytes of a page.

    Args:
        content: The page.
        where: For error messages.
        declared: The encoding named by the server.
        given: Fields from a more reliable source than the page.

    Raises:
        DocumentError: The content is not a page, or contains no report.
    """
    known = {name: value for name, value in (given or {}).items() if value not in (None, "")}
    markup = decode(content, where=where, declared=declared_encoding(content) or declared)
    try:
        fields = _read_markup(markup, str(known.get("url") or "") or None, where)
    except DocumentError:
        raise
    # Deep nesting (RecursionError), odd attributes (ValueError, KeyError): each library has its own errors.
    except Exception as error:
        raise BrokenFileError(where=where, what="page", why=reason_of(error)) from error
    if not fields["text"]:
        raise NoArticleError(where=where, why="no report found on the page", advice=_ADVICE)
    return make_document({**fields, **known}, where=where)


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that a page declares."""
    head = content[:_DECLARED_WITHIN]
    found = _DECLARED.search(head) or _XML_DECLARED.search(head)
    return found[1].decode("ascii", "replace") if found else None


def _read_markup(markup: str, url: str | None, where: str) -> dict[str, Any]:
    tree = parse_markup(markup, where=where)
    if tree is None:
        return {"text": ""}
    facts = find_facts(tree, url=url, markup=markup)
    facts["text"] = PARAGRAPH_BREAK.join(clean_paragraphs(_main_text(tree), title=facts["title"]))
    return facts


def parse_markup(markup: str, *, where: str) -> HtmlElement | None:
    """Parse markup into a tree, without fetching anything; None if it contains no element.

    Raises:
        NoArticleError: The markup has more tags than any report.
    """
    if markup.count("<") > MAX_PAGE_TAGS:
        why = f"more than {MAX_PAGE_TAGS:,} tags, which no report has"
        raise NoArticleError(where=where, why=why, advice=_ADVICE)
    if any(_attributes(tag[0]) > MAX_TAG_ATTRIBUTES for tag in _TAG.finditer(markup)):
        why = f"a tag with more than {MAX_TAG_ATTRIBUTES:,} attributes, which no report has"
        raise NoArticleError(where=where, why=why, advice=_ADVICE)
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=False)
    try:
        return html.document_fromstring(
            markup.replace("\x00", "").encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except etree.ParserError:
        return None


def _attributes(tag: str) -> int:
    """Return the number of attributes of a tag, or slightly more."""
    if len(tag) < 2 * MAX_TAG_ATTRIBUTES:
        return 0
    return len(_SEPARATOR.findall(_QUOTED.sub(" ", tag)))


def _main_text(tree: HtmlElement) -> list[str]:
    _reset_caches()
    text = _extract(tree, shortest=0)
    if len(text) < _SHORT_REPORT:
        dump = _extract(tree, shortest=_SHORT_REPORT)
        # The dump has joined menus and captions: a short report is better.
        text = dump if len(dump) > _DUMP_RATIO * len(text) else text
    return text.split("\n")


def _extract(tree: HtmlElement, *, shortest: int) -> str:
    from trafilatura import extract

    return (
        extract(
            tree, fast=True, include_comments=False, include_tables=False, include_formatting=False,
            output_format="txt", config=_settings(shortest),
        )
        or ""
    )  # fmt: skip


@functools.cache
def _settings(shortest: int) -> ConfigParser:
    """Return settings in which trafilatura uses all paragraphs of the page below `shortest` characters."""
    from trafilatura.settings import DEFAULT_CONFIG

    settings = copy.deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(shortest))
    return settings


def _reset_caches() -> None:
    global _pages_read
    _pages_read += 1
    if _pages_read % _PAGES_BETWEEN_RESETS == 0:
        from trafilatura.meta import reset_caches

        reset_caches()
