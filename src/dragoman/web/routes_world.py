"""The network of who deals with whom, and the map of where it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dragoman.record.queries import EventFilter
from dragoman.web.filtering import SpanQuery, check_known
from dragoman.web.map_drawing import Spot, draw_map
from dragoman.web.network_drawing import draw_network, make_ties
from dragoman.web.responses import as_page
from dragoman.web.site import link

if TYPE_CHECKING:
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
_LINES = 40
# More spots than these cannot be told apart; and so many places are listed beside the map.
MOST_SPOTS = 400
_LISTED = 20


@router.get("/network")
def network(request: Request, query: Annotated[SpanQuery, Query()]) -> Response:
    """Draw who cooperates and conflicts with whom."""
    site: Site = request.app.state.site
    given = _given(query)
    check_known("type", query.type, site.codebook.types)

    def make() -> Any:
        wanted = _wanted(query)
        with site.record() as record:
            found = record.ties(since=query.since, until=query.until, wanted=wanted)
        # Who has neither a name nor a country ("officials") is nobody in a network.
        named = [tie for tie in found if not tie.one.startswith("G:") and not tie.other.startswith("G:")]
        return draw_network(
            make_ties(named),
            name=site.name,
            href=lambda one, other: link("/ledger", **_between(one, other, given)),
        )

    drawing = site.cached(("network", *given.items()), make)
    rows = [(tie, link("/ledger", **_between(tie.one, tie.other, given))) for tie in drawing.ties[:_LINES]]
    return as_page(
        request, "network.html", drawing=drawing, rows=rows, all=len(drawing.ties), query=query, given=given
    )


@router.get("/map")
def world_map(request: Request, query: Annotated[SpanQuery, Query()]) -> Response:
    """Draw where events happened."""
    site: Site = request.app.state.site
    given = _given(query)
    check_known("type", query.type, site.codebook.types)

    def make() -> dict[str, Any]:
        with site.record() as record:
            found = record.places(since=query.since, until=query.until, wanted=_wanted(query))
        countries = {place.key: place.events for place in found if place.name is None}
        spots = [
            Spot(
                place.key, place.name, place.country, place.latitude, place.longitude, place.events,
                max(place.counts, key=lambda quad: place.counts[quad]),
            )
            for place in found
            # An event told of a country as a whole is no spot in the middle of it.
            if place.name is not None and place.latitude is not None and place.longitude is not None
            and place.precision != "country"
        ]  # fmt: skip
        drawing = draw_map(
            spots[:MOST_SPOTS], countries, name=site.name,
            href=lambda key: link("/ledger", **{**given, "place": key}),
        )  # fmt: skip
        placed = sum(place.events for place in found if place.name is not None)
        return {
            "drawing": drawing,
            "spots": spots,
            "drawn": MOST_SPOTS,
            "countries": countries,
            "placed": placed,
        }

    found = site.cached(("map", *given.items()), make)
    return as_page(request, "map.html", **found, listed=_LISTED, query=query, given=given)


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
