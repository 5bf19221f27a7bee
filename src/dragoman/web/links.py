"""Addresses of pages: paths with query strings that keep what the current request shows."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from dragoman.web.shown import shown_query


def safe_url(url: str | None) -> str | None:
    """Return a document's URL if it is safe to link: http or https with a host; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def events_link(**query: object) -> str:
    """Return the address of the list of a filter's single events, the target of every event count."""
    return link("/ledger", rows="events", **query)


def link(path: str, **query: object) -> str:
    """Return a path with a query string; None and "" are omitted.

    The link selects the same events as the current request, unless `query` overrides it.
    """
    shown = {name: value for name, value in shown_query(path).items() if name not in query}
    pairs = [(name, value) for name, value in (*query.items(), *shown.items()) if value not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path
