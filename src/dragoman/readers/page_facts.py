"""Metadata of a page: address, title, day, publisher; from JSON-LD, else meta tags, else htmldate."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dragoman.readers.dates import parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ARTICLES = ("article", "report", "posting")
# "<!-- saved from url=(0042)https://..." is written into saved pages by browsers.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+)")
_CHANGED = re.compile(r"modif|updat|revis|last.?change", re.IGNORECASE)
_MOST_LD_BYTES = 1_000_000
_DEEPEST_LD = 6


def find_facts(tree: HtmlElement, *, url: str | None, markup: str) -> dict[str, Any]:
    """Return url, title, published_on and publisher of a page, None for each that is not given."""
    metas = _metas(tree)
    articles = list(_linked_articles(tree))
    address = url or _address(tree, metas, markup)
    title = _first(articles, "headline") or metas.get("og:title") or metas.get("twitter:title")
    return {
        "url": address,
        "title": _plain(title) or _heading(tree),
        "published_on": _day(tree, articles, address),
        "publisher": _plain(metas.get("og:site_name") or _publisher(articles)) or _host(address),
    }


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _address(tree: HtmlElement, metas: dict[str, str], markup: str) -> str | None:
    candidates: list[str | None] = [
        link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    candidates.append(metas.get("og:url"))
    saved = _SAVED_FROM.search(markup[:4096])
    candidates.append(saved[1] if saved else None)
    for candidate in candidates:
        if candidate and candidate.strip().lower().startswith(("http://", "https://")):
            return candidate.strip()
    return None


def _linked_articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text_content()
        if len(text) > _MOST_LD_BYTES:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_within(value, 0)


def _articles_within(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST_LD:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _articles_within(inner, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and name.lower().endswith(_ARTICLES) for name in names):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if key in value:
                yield from _articles_within(value[key], depth + 1)


def _first(articles: list[dict[str, Any]], key: str) -> str | None:
    values: Iterator[Any] = (article.get(key) for article in articles)
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _publisher(articles: list[dict[str, Any]]) -> str | None:
    for article in articles:
        publisher = article.get("publisher")
        if isinstance(publisher, list) and publisher:
            publisher = publisher[0]
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name
    return None


def _day(tree: HtmlElement, articles: list[dict[str, Any]], url: str | None) -> dt.date | None:
    for article in articles:
        for key in ("datePublished", "dateCreated"):
            value = article.get(key)
            day = parse_date(value) if isinstance(value, str) else None
            if day:
                return day
    from htmldate import find_date

    # The day a page was changed is not the day on which its report was published.
    for meta in [meta for meta in tree.iter("meta") if _CHANGED.search(_name_of(meta))]:
        meta.drop_tree()
    found = find_date(tree, original_date=True, extensive_search=False, url=url)
    return parse_date(found) if found else None


def _name_of(meta: HtmlElement) -> str:
    return " ".join(meta.get(key) or "" for key in ("name", "property", "itemprop", "http-equiv"))


def _heading(tree: HtmlElement) -> str | None:
    headings = [text for element in tree.iter("h1") if (text := _plain(element.text_content()))]
    if len(headings) == 1:
        return headings[0]
    titles = [text for element in tree.iter("title") if (text := _plain(element.text_content()))]
    # In the page's title, the publisher's name follows the report's title.
    title = re.split(r"\s+[|\u2013\u2014-]\s+(?=[^|\u2013\u2014]{2,40}$)", titles[0])[0] if titles else None
    return title or (headings[0] if headings else None)


def _plain(text: str | None) -> str | None:
    if not text:
        return None
    import html

    return " ".join(html.unescape(text).split()) or None


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
