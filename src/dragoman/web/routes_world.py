"""The network of who deals with whom, and the map of where it happened."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from dragoman.record.queries import EventFilter
from dragoman.web.filtering import SpanQuery
from dragoman.web.map_drawing import Spot, draw_map
from dragoman.web.network_drawing import draw_network, join_edges
from dragoman.web.responses import as_page
from dragoman.web.site import link

if TYPE_CHECKING:
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
_LINES = 40
# Places stand in the events themselves: so many of the newest are read for one map.
MAP_EVENTS = 4000


@router.get("/network")
def network(request: Request, query: Annotated[SpanQuery, Query()]) -> Response:
    """Draw who cooperates and conflicts with whom."""
    site: Site = request.app.state.site
    given = _given(query)

    def make() -> Any:
        wanted = _wanted(query)
        with site.record() as record:
            edges = record.network(since=query.since, until=query.until, wanted=wanted, limit=4000)
        # Who has neither a name nor a country ("officials") is nobody in a network.
        named = [
            edge for edge in edges if not edge.actor.startswith("G:") and not edge.recipient.startswith("G:")
        ]
        return draw_network(
            join_edges(named),
            name=site.name,
            href=lambda one, other: link("/ledger", **_between(one, other, given)),
        )

    drawing = site.cached(("network", *given.items()), make)
    rows = [(tie, link("/ledger", **_between(tie.one, tie.other, given))) for tie in drawing.ties[:_LINES]]
    return as_page(request, "network.html", drawing=drawing, rows=rows, query=query, given=given)


@router.get("/map")
def world_map(request: Request, query: Annotated[SpanQuery, Query()]) -> Response:
    """Draw where events happened."""
    site: Site = request.app.state.site
    given = _given(query)

    def make() -> dict[str, Any]:
        wanted = msgspec.structs.replace(_wanted(query), since=query.since, until=query.until)
        with site.record() as record:
            events, following = record.page(wanted, limit=MAP_EVENTS)
        countries: collections.Counter[str] = collections.Counter()
        places: dict[tuple[str, str | None, float, float], collections.Counter[str]] = {}
        for stored in events:
            place = stored.event.place
            if place is None:
                continue
            if place.country:
                countries[place.country] += 1
            if place.latitude is not None and place.longitude is not None:
                key = (place.name, place.country, place.latitude, place.longitude)
                places.setdefault(key, collections.Counter())[stored.event.quad_class] += 1
        spots = [Spot(*key, sum(quads.values()), quads.most_common(1)[0][0]) for key, quads in places.items()]
        spots.sort(key=lambda spot: (-spot.events, spot.name))
        placed = sum(stored.event.place is not None for stored in events)
        drawing = draw_map(
            spots[:400],
            dict(countries),
            name=site.name,
            href=lambda code: link("/ledger", party=code, **given),
        )
        return {
            "drawing": drawing, "spots": spots, "countries": countries.most_common(20), "read": len(events),
            "placed": placed, "more": following is not None,
        }  # fmt: skip

    found = site.cached(("map", *given.items()), make)
    return as_page(request, "map.html", **found, query=query, given=given)


def _wanted(query: SpanQuery) -> EventFilter:
    """Return the filter of a query, without its days."""
    return EventFilter(
        quad_class=query.quad, firm=query.firm, event_type=query.type, text=query.text,
        min_confidence=query.min_confidence, background=query.background,
    )  # fmt: skip


def _given(query: SpanQuery) -> dict[str, str]:
    found = query.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in found.items()
    }


def _between(one: str, other: str, given: dict[str, str]) -> dict[str, str]:
    """Return the filter for the events between two parties, in whichever direction."""
    return {"between": f"{one},{other}", **given}
