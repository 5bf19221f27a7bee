"""Dossiers: all that is on record of an actor, a pair, an issue, each line with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.analysis.views import VIEWS
from dragoman.errors import NotFoundError
from dragoman.record.queries import EventFilter
from dragoman.record.tables import ARROW
from dragoman.web.drawing import draw_timeline, link_of
from dragoman.web.questions import (
    SHOWN,
    VIEW_EVENTS,
    VIEW_WORDS,
    Row,
    length_of,
    make_views,
    row_of,
    views_of,
)
from dragoman.web.responses import as_page
from dragoman.web.site import link

if TYPE_CHECKING:
    from dragoman.record.answers import DyadPoint
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False, prefix="/dossiers")
Name = Annotated[str, Query(min_length=1, max_length=400)]
_LATEST = 12


@router.get("")
def index(request: Request) -> Response:
    """List who and what there are dossiers of."""
    site: Site = request.app.state.site

    def make() -> dict[str, Any]:
        with site.record() as record:
            parties = record.counts(by="party", limit=60)
            pairs = record.network(limit=40)
        return {"parties": parties, "pairs": pairs}

    found = site.cached(("dossiers",), make)
    issues = sorted(site.issues.issues.values(), key=lambda issue: issue.name)
    return as_page(request, "dossiers.html", **found, issues=issues)


@router.get("/find")
def find(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Go to the dossier of the actor that a phrase means."""
    site: Site = request.app.state.site
    phrase = q.strip()
    if not phrase:
        return RedirectResponse("/dossiers", status_code=303)
    if site.actors.get(phrase) is None and site.actors.get(phrase.upper()) is not None:
        phrase = phrase.upper()
    found = None if site.actors.get(phrase) is not None else site.actors.resolve(phrase)
    if found is None and site.actors.get(phrase) is None:
        hint = "give a state, an organisation or a person by name, or an id such as RUS"
        raise NotFoundError(what="actor", name=phrase, hint=hint)
    return RedirectResponse(link("/dossiers/actor", id=found.id if found else phrase), status_code=303)


@router.get("/actor")
def actor(request: Request, id: Name) -> Response:
    """Show the dossier of an actor."""
    site: Site = request.app.state.site

    def make() -> dict[str, Any]:
        with site.record() as record:
            years = record.counts(EventFilter(party=id), by="month")
            by = length_of([_first(month) for month in years])
            points = record.party_series(id, by=by)
            latest, _ = record.page(EventFilter(party=id), limit=_LATEST)
            edges = [edge for edge in record.network() if id in (edge.actor, edge.recipient)]
            capped = record.total(EventFilter(party=id)) > VIEW_EVENTS
            said = record.total(EventFilter(speaker=id, background=True))
        return {
            "by": by,
            "points": points,
            "latest": latest,
            "edges": edges[:16],
            "capped": capped,
            "said": said,
        }

    found = site.cached(("actor", id), make)
    on_record = found["points"] or found["latest"] or found["said"]
    if not on_record and site.actors.get(id) is None:
        raise NotFoundError(what="actor", name=id, hint="find actors in the list of dossiers")
    views = make_views(site, VIEWS, party=id)
    chart = draw_timeline(
        found["points"], by=found["by"], path="/ledger", query={"party": id}, what=site.name(id)
    )
    return as_page(
        request, "dossier.html", title=site.name(id), kind="actor", subtitle=_standing(site, id), chart=chart,
        points=_linked(found, {"party": id}), latest=found["latest"], edges=found["edges"],
        sections=_sections(views), ledger={"party": id}, id=id, other=None, capped=found["capped"],
    )  # fmt: skip


@router.get("/dyad")
def dyad(request: Request, actor: Name, recipient: Name) -> Response:
    """Show the dossier of a pair: what one did toward the other."""
    site: Site = request.app.state.site
    # Pairs are kept by country or organisation; between persons, what one did toward the other.
    pair = EventFilter(dyad=f"{actor}{ARROW}{recipient}")

    def make() -> dict[str, Any]:
        with site.record() as record:
            wanted = pair if record.total(pair) else EventFilter(actor=actor, recipient=recipient)
            by = length_of([_first(month) for month in record.counts(wanted, by="month")])
            points = record.event_series(wanted, by=by)
            events, following = record.page(wanted, limit=VIEW_EVENTS)
        return {
            "by": by, "points": points, "latest": events[:_LATEST], "views": views_of(site, VIEWS, events),
            "capped": following is not None,
            "query": {"dyad": wanted.dyad} if wanted.dyad else {"actor": actor, "recipient": recipient},
        }  # fmt: skip

    found = site.cached(("dyad", actor, recipient), make)
    query = found["query"]
    title = f"{site.name(actor)} toward {site.name(recipient)}"
    chart = draw_timeline(found["points"], by=found["by"], path="/ledger", query=query, what=title)
    return as_page(
        request, "dossier.html", title=title, kind="dyad", subtitle=f"{actor} → {recipient}", chart=chart,
        points=_linked(found, query), latest=found["latest"], edges=[], capped=found["capped"],
        sections=_sections(found["views"]), ledger=query, id=actor, other=recipient,
    )  # fmt: skip


@router.get("/issue")
def issue(request: Request, id: Name) -> Response:
    """Show the dossier of an issue: a known one by its id, else the words that issues hold."""
    site: Site = request.app.state.site
    known = site.issues.issues.get(id)
    wanted = EventFilter(issue=id) if known is None else EventFilter(matter=known.alternatives)

    def make() -> dict[str, Any]:
        with site.record() as record:
            months = record.counts(wanted, by="month")
            by = length_of([_first(month) for month in months])
            points = record.event_series(wanted, by=by)
            events, following = record.page(wanted, limit=VIEW_EVENTS)
        return {
            "by": by, "points": points, "latest": events[:_LATEST], "views": views_of(site, VIEWS, events),
            "capped": following is not None,
        }  # fmt: skip

    found = site.cached(("issue", id), make)
    query = {"issue": id} if known is None else {"about": id}
    title = id if known is None else known.name
    chart = draw_timeline(found["points"], by=found["by"], path="/ledger", query=query, what=title)
    return as_page(
        request, "dossier.html", title=title, kind="issue", subtitle="an issue that states take sides on",
        chart=chart, points=_linked(found, query), latest=found["latest"], edges=[],
        sections=_sections(found["views"]), ledger=query, id=id, other=None, capped=found["capped"],
    )  # fmt: skip


def _linked(found: dict[str, Any], query: dict[str, str]) -> list[tuple[DyadPoint, str]]:
    """Return each point of a chart with where its events are listed."""
    return [(p, link_of(p, by=found["by"], path="/ledger", query=query)) for p in found["points"]]


def _sections(views: dict[str, list[Any]]) -> list[tuple[str, str, str, list[Row], int]]:
    return [
        (name, *VIEW_WORDS[name], [row_of(line) for line in views[name][:SHOWN]], len(views[name]))
        for name in VIEWS
    ]


def _standing(site: Site, id: str) -> str:
    """Say in a few words what an actor is."""
    found = site.actors.get(id)
    if found is None:
        return id
    tenures = getattr(found, "tenures", None)
    if tenures:
        last = tenures[-1]
        return f"{id} · {last.office.replace('_', ' ')}, {site.name(last.country)}, since {last.start.year}"
    return f"{id} · {getattr(found, 'kind', '').replace('_', ' ')}"


def _first(month: str) -> Any:
    import datetime as dt

    return dt.date.fromisoformat(f"{month}-01")
