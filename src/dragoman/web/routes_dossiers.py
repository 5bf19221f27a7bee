"""Dossiers: everything on record about an actor, a dyad or an issue, each line with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.analysis.views import VIEWS
from dragoman.errors import NotFoundError, UsageError
from dragoman.record.queries import EventFilter
from dragoman.record.tables import ARROW
from dragoman.web.links import link
from dragoman.web.position_matrix import make_matrix
from dragoman.web.questions import SHOWN, VIEW_EVENTS, VIEW_WORDS, make_views, row_of, views_of
from dragoman.web.responses import as_page
from dragoman.web.timelines import Asked, Timeline, chart_data, make_timeline, read_asked

if TYPE_CHECKING:
    from dragoman.record.store import Record
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False, prefix="/dossiers")
Name = Annotated[str, Query(min_length=1, max_length=400)]
Day = Annotated[str, Query(max_length=20)]
Length = Annotated[str, Query(max_length=10)]
# Whether to wait for slow parts of the page.
Wait = Annotated[bool, Query()]
# Views of up to this many events are computed before the page is sent.
_READ_AT_ONCE = 500
_LATEST = 12
_EDGES = 16


@router.get("")
def index(request: Request) -> Response:
    """List the available dossiers."""
    site: Site = request.app.state.site
    issues = sorted(site.issues.issues.values(), key=lambda issue: issue.name)
    return as_page(request, "dossiers.html", **listed(site), issues=issues)


def listed(site: Site) -> dict[str, Any]:
    """Return the most active parties and dyads."""

    def make() -> dict[str, Any]:
        with site.record() as record:
            parties = record.counts(by="party", limit=60)
            pairs = record.network(limit=40)
        return {"parties": parties, "pairs": pairs}

    return site.cached(("dossiers",), make)


@router.get("/find")
def find(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Redirect to the dossier of the actor that a phrase refers to."""
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
    if found is not None:
        # "The Turkish army" leads to the dossier of Turkey.
        phrase = found.id if site.actors.get(found.id) is not None else found.country or found.id
    return RedirectResponse(link("/dossiers/actor", id=phrase), status_code=303)


@router.get("/actor")
def actor(
    request: Request, id: Name, since: Day = "", until: Day = "", by: Length = "", wait: Wait = False
) -> Response:
    """Show the dossier of an actor: what is on record and what is known."""
    site: Site = request.app.state.site
    asked = read_asked(since, until, by)
    with site.record() as record:
        id = _known(site, record, id)
    wanted = EventFilter(party=id)

    def make() -> dict[str, Any]:
        with site.record() as record:
            latest, _ = record.page(wanted, limit=_LATEST)
            edges = record.edges_of(id)
            total = record.total(wanted)
            return {
                "latest": latest, "edges": edges[:_EDGES], "all_edges": len(edges),
                "capped": total > VIEW_EVENTS, "total": total,
                "said": record.total(EventFilter(speaker=id, background=True, negations=True)),
            }  # fmt: skip

    found = site.cached(("actor", id), make)
    entry = site.actors.get(id)
    if not (found["latest"] or found["said"]) and entry is None:
        raise NotFoundError(what="actor", name=id, hint="find actors in the list of dossiers")
    return _page(
        request, {"id": id}, wanted, {"party": id}, asked, title=site.name(id), kind="actor",
        subtitle=_standing(site, id), entry=entry, matrix_of="actor",
        views=site.soon(
            ("views", id), lambda: _views_of(make_views(site, VIEWS, party=id)),
            wait=wait or found["total"] + found["said"] <= _READ_AT_ONCE,
        ),
        id=id, other=None, **found,
    )  # fmt: skip


@router.get("/dyad")
def dyad(
    request: Request,
    actor: Name,
    recipient: Name,
    since: Day = "",
    until: Day = "",
    by: Length = "",
    wait: Wait = False,
) -> Response:
    """Show the dossier of a dyad: events of one party toward the other."""
    site: Site = request.app.state.site
    asked = read_asked(since, until, by)
    with site.record() as record:
        actor, recipient = _known(site, record, actor), _known(site, record, recipient)
        # Dyads are stored by country or organisation; pairs of persons are filtered by actor and recipient.
        pair = EventFilter(dyad=f"{actor}{ARROW}{recipient}")
        wanted = pair if record.total(pair) else EventFilter(actor=actor, recipient=recipient)
    query = {"dyad": wanted.dyad} if wanted.dyad else {"actor": actor, "recipient": recipient}
    return _page(
        request, {"actor": actor, "recipient": recipient}, wanted, query, asked, kind="dyad",
        title=f"{site.name(actor)} toward {site.name(recipient)}", edges=[], all_edges=0, entry=None,
        subtitle="all that the first did toward the second, and what both did together",
        id=actor, other=recipient, **_of_events(site, wanted, wait=wait),
    )  # fmt: skip


@router.get("/issue")
def issue(
    request: Request, id: Name, since: Day = "", until: Day = "", by: Length = "", wait: Wait = False
) -> Response:
    """Show the dossier of an issue: a known issue by its id, else one described by words."""
    site: Site = request.app.state.site
    known = site.issues.issues.get(id)
    wanted = EventFilter(issue=id) if known is None else EventFilter(matter=known.alternatives)
    query = {"issue": id} if known is None else {"about": id}
    return _page(
        request, {"id": id}, wanted, query, read_asked(since, until, by), kind="issue",
        title=id if known is None else known.name, edges=[], all_edges=0, entry=None,
        subtitle="words of an issue" if known is None else "an issue that states take sides on",
        id=id, other=None, **_of_events(site, wanted, id if known is not None else None, wait=wait),
    )  # fmt: skip


def _page(
    request: Request, hidden: dict[str, str], wanted: EventFilter, query: dict[str, str], asked: Asked,
    **content: Any,
) -> Response:  # fmt: skip
    """Return a dossier with its timeline."""
    site: Site = request.app.state.site

    def make() -> Timeline | None:
        with site.record() as record:
            return make_timeline(record, wanted, query, asked)

    chart = site.cached(("timeline", wanted, asked), make)
    data = chart_data(chart, content["title"]) if chart is not None else None
    return as_page(
        request, "dossier.html", chart=chart, data=data, hidden=hidden, by=asked.by or "", ledger=query,
        path=request.url.path, **content,
    )  # fmt: skip


def _of_events(site: Site, wanted: EventFilter, issue: str | None = None, *, wait: bool) -> dict[str, Any]:
    """Return the dossier sections of the newest events of a filter; for an issue, only positions on it."""

    def latest() -> dict[str, Any]:
        with site.record() as record:
            events, _ = record.page(wanted, limit=_LATEST)
            total = record.total(wanted)
        return {"latest": events, "capped": total > VIEW_EVENTS, "total": total}

    def views() -> dict[str, Any]:
        with site.record() as record:
            events, _ = record.page(wanted, limit=VIEW_EVENTS)
        return _views_of(views_of(site, VIEWS, events), issue)

    found = site.cached(("of events", wanted), latest)
    wait = wait or found["total"] <= _READ_AT_ONCE
    return {
        **found,
        "matrix_of": "all" if issue is None else "issue",
        "views": site.soon(("views of events", wanted, issue), views, wait=wait),
    }


def _known(site: Site, record: Record, typed: str) -> str:
    """Return the id of a party given its id or a name.

    Raises:
        NotFoundError: There is no such party.
    """
    try:
        return site.filters(record).party(typed)
    except UsageError as error:
        if site.actors.get(typed) is not None:
            return typed
        hint = str(error).partition("; ")[2] or "find actors in the list of dossiers"
        raise NotFoundError(what="actor", name=typed, hint=hint) from error


def _views_of(views: dict[str, list[Any]], issue: str | None = None) -> dict[str, Any]:
    """Return the sections of a dossier, and its positions as a matrix."""
    positions = [each for each in views["positions"] if issue is None or each.issue == issue]
    views = {**views, "positions": positions}
    sections = [
        (name, *VIEW_WORDS[name], [row_of(line) for line in views[name][:SHOWN]], len(views[name]))
        for name in VIEWS
        if name != "positions"
    ]
    return {"sections": sections, "matrix": make_matrix(positions)}


def _standing(site: Site, id: str) -> str:
    """Return a short description of an actor."""
    found = site.actors.get(id)
    if found is None:
        return "known from the reports only"
    tenures = getattr(found, "tenures", None)
    if tenures:
        last = tenures[-1]
        return f"{last.office.replace('_', ' ')}, {site.name(last.country)}, since {last.start.year}"
    return str(getattr(found, "kind", "person")).replace("_", " ")
