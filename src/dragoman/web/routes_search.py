"""Search box: suggestions while typing, and a results page that works without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from dragoman.errors import UsageError
from dragoman.knowledge.names import fold
from dragoman.web.openapi import answer, of
from dragoman.web.responses import as_json, as_page

if TYPE_CHECKING:
    from dragoman.web.site import Site

router = APIRouter()
_ACTORS = 40
_REPORTS = 50


@router.get(
    "/api/suggest", tags=["record"],
    responses=answer({"type": "array", "items": of("Suggestion")}, "What may be meant."),
)  # fmt: skip
def suggest(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="The beginning of a name, or two names.")] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> Response:
    """Suggest actors, dyads, issues, event types and reports by the beginning of a name."""
    site: Site = request.app.state.site
    with site.record() as record:
        return as_json(request, site.suggester.suggest(record, q, limit=limit))


@router.get("/search", include_in_schema=False)
def search(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show the results of a search."""
    site: Site = request.app.state.site
    words = fold(q.strip())
    suggester = site.suggester
    with site.record() as record:
        actors = suggester.actors(record, words, limit=_ACTORS) if words else []
        dyads = suggester.dyads(record, q, actors) if words else []
        try:
            reports = record.search(q, limit=_REPORTS) if words else []
        except UsageError:
            reports = []
    return as_page(
        request, "search.html", q=q, actors=actors, dyads=dyads, reports=reports, most=_REPORTS,
        most_actors=_ACTORS, topics=suggester.topics(words) if words else [],
    )  # fmt: skip
