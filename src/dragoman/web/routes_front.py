"""Front page: a summary of the record, with recent events and unusual activity."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.analysis.activity import bursts, tone_changes
from dragoman.model.days import shift_days
from dragoman.record.queries import EventFilter
from dragoman.record.tables import ARROW
from dragoman.web.links import events_link, link
from dragoman.web.network_data import is_identified
from dragoman.web.responses import as_page
from dragoman.web.timelines import chart_data, make_timeline

if TYPE_CHECKING:
    from dragoman.record.answers import Edge, StoredEvent
    from dragoman.record.store import Record
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
_LATEST, _DYADS, _REPORTS = 8, 8, 3
# The last week and the last month are compared with the half year before them.
_WEEK, _MONTH, _BEFORE = 7, 30, 182


@router.get("/")
def front(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    cursor: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """Show a summary of the record."""
    if q or cursor:
        return RedirectResponse(link("/reports", q=q, cursor=cursor), status_code=301)
    site: Site = request.app.state.site
    found = facts(site)
    chart = found["chart"]
    data = chart_data(chart, "All events") | {"plain": True} if chart else None
    return as_page(request, "front.html", data=data, **found)


def facts(site: Site) -> dict[str, Any]:
    """Return the content of the page."""
    return site.cached(("front",), lambda: _facts(site))


def _facts(site: Site) -> dict[str, Any]:
    with site.record() as record:
        newest, _ = record.document_page(limit=1)
        last = newest[0].published_on if newest else None
        entries, _ = record.entries(limit=_LATEST)
        latest: list[tuple[StoredEvent, Any]] = [(entry.lead, entry) for entry in entries]
        if not latest:
            latest = [(stored, None) for stored in record.page(limit=_LATEST)[0]]
        chart = make_timeline(record, EventFilter(), {})
        return {
            "stats": record.stats(("documents", "events", "stories")), "events": record.total(),
            "latest": latest, "chart": chart,
            "quad_counts": record.counts(by="quad_class"), "publishers": len(record.publishers()),
            "parties": record.counts(by="party", limit=10), **_unusual(site, record, last),
        }  # fmt: skip


def _unusual(site: Site, record: Record, last: dt.date | None) -> dict[str, Any]:
    """Return the most active, most changed and unusually active dyads, up to the last report."""
    empty: dict[str, Any] = {"active": [], "changed": [], "unusual": [], "month": None, "week": None}
    if last is None:
        return empty
    month, week = shift_days(last, 1 - _MONTH), shift_days(last, 1 - _WEEK)
    spans = {"since": month, "until": last}
    earlier = {"since": shift_days(month, -_BEFORE), "until": shift_days(month, -1)}
    now = _named(record.network(since=month, until=last))
    before = _named(record.network(since=earlier["since"], until=earlier["until"]))
    usual = _named(record.network(since=shift_days(week, -_BEFORE), until=shift_days(week, -1)))
    this_week = _named(record.network(since=week, until=last))
    return {
        "month": (month, last), "week": (week, last),
        "active": [(edge, events_link(dyad=_dyad(edge), **spans)) for edge in now[:_DYADS]],
        "changed": [
            (change, events_link(dyad=_dyad(change), **earlier), events_link(dyad=_dyad(change), **spans))
            for change in tone_changes(before, now, limit=_DYADS)
        ],
        "unusual": [
            (
                burst, events_link(dyad=_dyad(burst), since=week, until=last),
                _reports(record, EventFilter(dyad=_dyad(burst), since=week, until=last)),
            )
            for burst in bursts(usual, this_week, spans=_BEFORE / _WEEK)
        ],
    }  # fmt: skip


def _dyad(pair: Any) -> str:
    return f"{pair.actor}{ARROW}{pair.recipient}"


def _named(edges: list[Edge]) -> list[Edge]:
    """Exclude groups without a name and a country, and events of a party toward itself."""
    return [
        edge
        for edge in edges
        if is_identified(edge.actor) and is_identified(edge.recipient) and edge.actor != edge.recipient
    ]


def _reports(record: Record, wanted: EventFilter) -> list[StoredEvent]:
    """Return the newest event of each of the newest reports, the newest first."""
    events, _ = record.page(wanted, limit=40)
    by_report: dict[str, StoredEvent] = {}
    for stored in events:
        by_report.setdefault(stored.document_id, stored)
    return list(by_report.values())[:_REPORTS]
