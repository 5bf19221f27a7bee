"""The ledger: all events, filtered, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dragoman.model.terms import CONTEXTS
from dragoman.web.filtering import LABELS, EventQuery
from dragoman.web.responses import as_page

if TYPE_CHECKING:
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)


@router.get("/ledger")
def ledger(request: Request, query: Annotated[EventQuery, Query()]) -> Response:
    """List events."""
    site: Site = request.app.state.site
    wanted = query.wanted()
    with site.record() as record:
        events, following = record.page(wanted, cursor=query.cursor, limit=query.limit, order=query.order)
    given = query.query()
    kept: dict[str, Any] = dict(given)
    if query.order != "newest":
        kept["order"] = query.order
    chips = [
        (LABELS[name], value, {other: v for other, v in kept.items() if other != name})
        for name, value in given.items()
    ]
    return as_page(
        request, "ledger.html", events=events, next=following, query=query, given=given, kept=kept,
        chips=chips, contexts=CONTEXTS, choices=choices(site),
    )  # fmt: skip


def choices(site: Site) -> dict[str, dict[str, int]]:
    """Return the values that filters offer, with how often they are in the whole record."""

    def make() -> dict[str, dict[str, int]]:
        with site.record() as record:
            return {
                "event_type": record.counts(by="event_type"),
                "party": record.counts(by="party", limit=300),
                "publisher": record.counts(by="publisher", limit=100),
                "context": record.counts(by="context"),
            }

    return site.cached(("choices",), make)
