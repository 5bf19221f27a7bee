"""Network of parties, and map of the places or countries of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dragoman.record.queries import EventFilter
from dragoman.web.filtering import SpanQuery
from dragoman.web.links import events_link, link
from dragoman.web.network_data import Network, make_network
from dragoman.web.responses import as_page

if TYPE_CHECKING:
    from dragoman.record.answers import CountedPlace
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
_LINES = 40
_MATRIX = 16
# Maximum number of points on the map and of places listed next to it.
MOST_SPOTS = 1000
_LISTED = 20


class NetworkPageQuery(SpanQuery):
    """Parameters of the network page."""

    ego: str | None = None
    sort: Literal["events", "name", "bloc"] = "events"
    # Minimum number of events of a drawn arrow; applied by the script of the page.
    least: Annotated[int, Field(ge=1, le=10**9)] | None = None


class MapQuery(SpanQuery):
    """Parameters of the map."""

    show: Literal["where", "part"] = "where"
    view: str | None = None


@router.get("/network")
def network(request: Request, query: Annotated[NetworkPageQuery, Query()]) -> Response:
    """Show the network of cooperation and conflict."""
    site: Site = request.app.state.site
    with site.record() as record:
        reader = site.filters(record)
        wanted = query.wanted(reader)
        ego = reader.party(query.ego, "ego") if query.ego else None
    given = query.query(wanted, site.issues)

    found = _network(site, wanted, ego)
    data = {
        "nodes": found.nodes, "edges": found.edges, "base": events_link(**given), "ego": ego,
        "months": site.cached(("months",), lambda: _months(site)),
        "pages": {"ego": link("/network", **given)}, "all": [found.all_nodes, found.all_edges],
    }  # fmt: skip
    return as_page(
        request, "network.html", net=found, data=data, given=given, query=query, ego=ego,
        rows=[(t, events_link(**{**given, "between": f"{t.one},{t.other}"})) for t in found.ties[:_LINES]],
        matrix=found.matrix(sort=query.sort, most=_MATRIX, name=site.name), kept={**given, "ego": ego},
    )  # fmt: skip


def _network(site: Site, wanted: EventFilter, ego: str | None) -> Network:
    def make() -> Network:
        with site.record() as record:
            days = (wanted.since, wanted.until)
            edges = record.network(since=days[0], until=days[1], wanted=wanted)
            ties = record.ties(since=days[0], until=days[1], wanted=wanted)
        return make_network(edges, ties, ego=ego, name=site.name)

    return site.cached(("network", wanted, ego), make)


def whole_network(site: Site) -> Network:
    """Return the network of all events."""
    return _network(site, EventFilter(), None)


def _months(site: Site) -> list[str]:
    with site.record() as record:
        return list(record.counts(by="month"))


@router.get("/map")
def world_map(request: Request, query: Annotated[MapQuery, Query()]) -> Response:
    """Show the map of the places of events, or of the countries that took part."""
    site: Site = request.app.state.site
    with site.record() as record:
        wanted = query.wanted(site.filters(record))
    given = query.query(wanted, site.issues)
    made = site.cached(
        ("map", wanted, query.show), lambda: (_took_part if query.show == "part" else _where)(site, wanted)
    )
    countries, spots = made
    key = "party" if query.show == "part" else "place"
    data = {
        "months": site.cached(("months",), lambda: _months(site)),
        "key": key, "base": events_link(**{k: v for k, v in given.items() if k != key}),
        "countries": {code: [site.name(code), count] for code, count in countries.items()},
        "spots": [
            [s.key, s.name, s.longitude, s.latitude, s.events, _prevailing(s), s.precision]
            for s in spots[:MOST_SPOTS]
        ],
    }  # fmt: skip
    return as_page(
        request, "map.html", countries=countries, spots=spots, data=data, key=key, drawn=MOST_SPOTS,
        listed=_LISTED, given=given, query=query, prevailing=_prevailing,
    )  # fmt: skip


def _where(site: Site, wanted: EventFilter) -> tuple[dict[str, int], list[CountedPlace]]:
    """Return the number of events in each country and in more precise places."""
    with site.record() as record:
        found = record.places(since=wanted.since, until=wanted.until, wanted=wanted)
    countries = {place.key: place.events for place in found if place.name is None}
    spots = [
        place
        for place in found
        # An event located only in a country is not drawn as a point in its middle.
        if place.name is not None and place.latitude is not None and place.longitude is not None
        and place.precision not in ("country", "none")
    ]  # fmt: skip
    return countries, spots


def _took_part(site: Site, wanted: EventFilter) -> tuple[dict[str, int], list[CountedPlace]]:
    """Return the number of events that each country took part in."""
    with site.record() as record:
        counts = record.counts(wanted, by="party")
    states = {
        key for key, entry in site.actors.entries.items()
        if len(key) == 3 and entry.country == key and entry.kind in ("state", "territory")
    }  # fmt: skip
    return {key: count for key, count in counts.items() if key in states}, []


def _prevailing(place: CountedPlace) -> str:
    return max(place.counts, key=lambda quad: place.counts[quad])
