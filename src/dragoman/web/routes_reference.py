"""Reference pages: codebook, actors, stories and the description of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.web.links import link
from dragoman.web.responses import as_json, as_page

if TYPE_CHECKING:
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
_PERSONS = 60
_FOUND = 300


@router.get("/codebook")
def codebook(request: Request) -> Response:
    """List the event types."""
    site: Site = request.app.state.site
    return as_page(request, "codebook.html", entries=site.codebook.types)


@router.get("/codebook/{name}")
def codebook_type(request: Request, name: str) -> Response:
    """Show one event type."""
    site: Site = request.app.state.site
    return as_page(request, "codebook_type.html", entry=site.codebook.entry(name.upper()[:40]))


@router.get("/actors")
def actors(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """List the known actors."""
    site: Site = request.app.state.site
    kinds = sorted({entry.kind for entry in site.actors.entries.values()})
    words = q.strip().casefold()
    entries = [
        entry
        for entry in site.actors.entries.values()
        if (not kind or entry.kind == kind)
        and (not words or words in f"{entry.id} {entry.name} {' '.join(entry.names)}".casefold())
    ]
    entries.sort(key=lambda entry: entry.name)
    persons = []
    if words and not kind:
        persons = [person for person in site.actors.persons.values() if words in person.name.casefold()]
        persons.sort(key=lambda person: person.name)
    return as_page(
        request, "actors.html", entries=entries[:_FOUND], total=len(entries), persons=persons[:_PERSONS],
        total_persons=len(persons), q=q, kind=kind, kinds=kinds,
    )  # fmt: skip


@router.get("/actors/one")
def actor(id: Annotated[str, Query(min_length=1, max_length=200)]) -> Response:
    """Redirect to the page of an actor."""
    return RedirectResponse(link("/dossiers/actor", id=id), status_code=301)


@router.get("/stories")
def stories(request: Request, cursor: Annotated[str | None, Query(max_length=120)] = None) -> Response:
    """List stories of more than one report."""
    site: Site = request.app.state.site
    with site.record() as record:
        found, following = record.stories(cursor=cursor, limit=40)
        reports = {story.id: record.story_documents(story.id)[:6] for story in found}
    return as_page(request, "stories.html", stories=found, next=following, reports=reports)


@router.get("/api/openapi.json")
def openapi(request: Request) -> Response:
    """Return the OpenAPI document."""
    return as_json(request, request.app.openapi())


@router.get("/api")
def api(request: Request) -> Response:
    """Show a description of the API."""
    return as_page(request, "api.html", document=request.app.openapi())
