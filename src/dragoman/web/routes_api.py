"""The JSON API: documents, events, attributions, stories, views, dyads, the network."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from dragoman.web.exporting import CSV_COLUMNS, begun, export_csv, export_jsonl
from dragoman.web.filtering import (
    CountQuery,
    EntryQuery,
    EventQuery,
    FilterQuery,
    NetworkQuery,
    PageQuery,
    ViewQuery,
)
from dragoman.web.openapi import answer, lines, of, page_of
from dragoman.web.questions import coded_document, make_views
from dragoman.web.responses import as_json

if TYPE_CHECKING:
    from dragoman.record.queries import EventFilter
    from dragoman.web.site import Site

router = APIRouter(prefix="/api", tags=["record"])
Name = Annotated[str, Query(min_length=1, max_length=400)]
_LIST = {"type": "array", "items": {"type": "object"}}
_COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}


@router.get("/documents", responses=answer(page_of("Document"), "Documents, without their text."))
def documents(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """List the documents without their texts, the latest first."""
    with _site(request).record() as record:
        found, following = record.document_page(cursor=query.cursor, limit=query.limit)
    bare = [msgspec.structs.replace(document, text="") for document in found]
    return as_json(request, {"items": bare, "next": following})


@router.get(
    "/document", responses=answer(of("CodedDocument"), "A document with its events and attributions.")
)
def document(request: Request, id: Name) -> Response:
    """Return one document with everything that was coded from it."""
    with _site(request).record() as record:
        return as_json(request, coded_document(record, id))


@router.get("/events", responses=answer(page_of("StoredEvent"), "Events."))
def events(request: Request, query: Annotated[EventQuery, Query()]) -> Response:
    """List events, filtered, page by page."""
    with _site(request).record() as record:
        wanted = query.wanted(_site(request).filters(record))
        found, following = record.page(wanted, cursor=query.cursor, limit=query.limit, order=query.order)
    return as_json(request, {"items": found, "next": following})


@router.get("/event", responses=answer(of("StoredEvent"), "An event."))
def event(request: Request, id: Name) -> Response:
    """Return one event."""
    with _site(request).record() as record:
        return as_json(request, record.event(id))


@router.get(
    "/events.jsonl", response_class=StreamingResponse,
    responses=lines("application/x-ndjson", "Events, one JSON object a line."),
)  # fmt: skip
def events_jsonl(request: Request, query: Annotated[FilterQuery, Query()]) -> Response:
    """Return all events of a filter, one JSON object per line, the newest first."""
    site = _site(request)
    rows = begun(export_jsonl(site, _wanted(site, query)))
    return StreamingResponse(rows, media_type="application/x-ndjson", headers=_download("events.jsonl"))


@router.get(
    "/events.csv", response_class=StreamingResponse, responses=lines("text/csv", "Events, one a row.")
)
def events_csv(request: Request, query: Annotated[FilterQuery, Query()]) -> Response:
    """Return all events of a filter as a CSV table, the newest first."""
    site = _site(request)
    rows = begun(export_csv(site, _wanted(site, query), CSV_COLUMNS))
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=_download("events.csv"))


@router.get("/counts", responses=answer(_COUNTS, "Counts by value."))
def counts(request: Request, query: Annotated[CountQuery, Query()]) -> Response:
    """Count events by one of their fields."""
    site = _site(request)
    wanted = _wanted(site, query)

    def count() -> dict[str, int]:
        with site.record() as record:
            return record.counts(wanted, by=query.by, limit=query.limit)

    return as_json(request, site.cached(("counts", wanted, query.by, query.limit), count))


@router.get("/attributions", responses=answer({"type": "array", "items": of("Attribution")}, "Attributions."))
def attributions(request: Request, document: Name) -> Response:
    """Return all attributions of a document (speech, thought, wishes), in text order."""
    with _site(request).record() as record:
        record.document(document)
        return as_json(request, record.attributions(document))


@router.get("/stories", responses=answer(page_of("StoredStory"), "Stories."))
def stories(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """List stories (groups of reports of the same events), those with the latest reports first."""
    with _site(request).record() as record:
        found, following = record.stories(cursor=query.cursor, limit=query.limit)
    return as_json(request, {"items": found, "next": following})


@router.get("/entries", responses=answer(page_of("StoredEntry"), "Entries."))
def entries(
    request: Request,
    query: Annotated[EntryQuery, Query()],
) -> Response:
    """List entries: deduplicated events, each with all its reports."""
    site = _site(request)
    with site.record() as record:
        found, following = record.entries(
            cursor=query.cursor, limit=query.limit, background=query.background, negations=query.negations,
            wanted=query.wanted(site.filters(record)),
        )  # fmt: skip
    return as_json(request, {"items": found, "next": following})


@router.get("/search", responses=answer({"type": "array", "items": of("Found")}, "Documents found."))
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=200)],
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Response:
    """Search the texts of the documents: all words, "a phrase", word*."""
    with _site(request).record() as record:
        return as_json(request, record.search(q, limit=limit))


@router.get("/views/{name}", responses=answer(_LIST, "The lines of a view."))
def views(
    request: Request,
    name: Literal[
        "positions", "pledges", "demands", "deals", "disputes", "warnings", "sanctions", "mediation"
    ],
    query: Annotated[ViewQuery, Query()],
) -> Response:
    """Return the lines of a view, each with its evidence. Computed from the newest 3,000 events."""
    site = _site(request)
    with site.record() as record:
        party = site.filters(record).party(query.party) if query.party else None
    found = make_views(
        site, (name,), party=party, since=query.since, until=query.until,
        unanswered=query.unanswered, background=query.background,
    )  # fmt: skip
    return as_json(request, found[name])


@router.get("/dyads/series", responses=answer({"type": "array", "items": of("DyadPoint")}, "Points in time."))
def dyad_series(
    request: Request,
    actor: Name,
    recipient: Name,
    by: Literal["day", "week", "month", "year"] = "month",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Response:
    """Return the series of events of one party toward another over time."""
    with _site(request).record() as record:
        found = record.dyad_series(actor, recipient, since=since, until=until, by=by)
    return as_json(request, found)


@router.get("/network", responses=answer({"type": "array", "items": of("Edge")}, "Edges."))
def network(
    request: Request,
    query: Annotated[NetworkQuery, Query()],
) -> Response:
    """Return the events between parties, the most active pairs first; the filters are those of events."""
    site = _site(request)
    wanted = _wanted(site, query)

    def make() -> object:
        with site.record() as record:
            return record.network(since=wanted.since, until=wanted.until, wanted=wanted, limit=query.limit)

    return as_json(request, site.cached(("edges", wanted, query.limit), make))


def _site(request: Request) -> Site:
    return request.app.state.site  # type: ignore[no-any-return]


def _wanted(site: Site, query: FilterQuery) -> EventFilter:
    """Parse a filter."""
    with site.record() as record:
        return query.wanted(site.filters(record))


def _download(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}
