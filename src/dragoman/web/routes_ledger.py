"""The ledger: entries or the events of single reports, filtered and paged; and the page of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dragoman.record.tables import ARROW
from dragoman.web.filtering import LABELS, EventQuery
from dragoman.web.marks import fields_of
from dragoman.web.responses import as_page
from dragoman.web.site import QUAD_WORDS

if TYPE_CHECKING:
    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
# The counts in the sidebar: the field counted, the filter that a count links to, and the heading.
_FACETS = (
    ("quad_class", "quad", "Class"), ("event_type", "type", "Type"), ("party", "party", "Party"),
    ("factuality", "factuality", "Factuality"), ("publisher", "publisher", "Publisher"),
)  # fmt: skip
_FACET_ROWS = 8
_SHOWN_AROUND = 400


class LedgerQuery(EventQuery):
    """A page of the ledger."""

    rows: Literal["entries", "events"] | None = None
    look: Literal["cards", "table"] = "cards"
    cursor: str | None = Field(None, max_length=120)


@router.get("/ledger")
def ledger(request: Request, query: Annotated[LedgerQuery, Query()]) -> Response:
    """List what happened."""
    site: Site = request.app.state.site
    with site.record() as record:
        wanted = query.wanted(site.filters(record))
        rows = query.rows or ("entries" if _has_entries(site) and not query.one_a_day else "events")
        lines, following = _lines(record, wanted, query, rows)
        given = query.query(wanted, site.issues)
        chips = _chips(site, record, given)
    kept: dict[str, Any] = {"rows": query.rows, **given}
    kept |= {"order": query.order} if query.order != "newest" else {}
    kept |= {"look": query.look} if query.look != "cards" else {}
    totals = site.cached(("ledger totals", wanted, rows), lambda: _totals(site, wanted, rows))
    return as_page(
        request, "ledger.html", lines=lines, next=following, query=query, given=given, kept=kept, rows=rows,
        chips=[(label, value, {k: v for k, v in kept.items() if k != name}) for name, label, value in chips],
        contexts=site.codebook.contexts.definitions, choices=choices(site), totals=totals,
        facet_rows=_FACET_ROWS,
        facets=site.cached(("facets", wanted), lambda: _facets(site, wanted, given)),
        can_group=_has_entries(site),
    )  # fmt: skip


@router.get("/event")
def event(request: Request, id: Annotated[str, Query(min_length=1, max_length=400)]) -> Response:
    """Show one event: its sentence, its fields, the evidence, and other reports of it."""
    site: Site = request.app.state.site
    with site.record() as record:
        stored = record.event(id)
        current = record.current_event(id)
        document = record.document(stored.document_id)
        entry = record.entry_of(id)
        told = record.entry_events(entry) if entry else []
    found = stored.event
    start = max(document.text.rfind("\n", 0, found.evidence.start) + 1, found.evidence.start - _SHOWN_AROUND)
    end = document.text.find("\n", found.evidence.end)
    end = min(len(document.text) if end < 0 else end, found.evidence.end + _SHOWN_AROUND)
    return as_page(
        request, "event.html", stored=stored, event=found, document=document,
        before=document.text[start : found.evidence.start], after=document.text[found.evidence.end : end],
        fields=fields_of(found, site.code_words), entry=entry, told=told, readings=current.readings,
        shown=current.shown,
    )  # fmt: skip


def _lines(
    record: Record, wanted: EventFilter, query: LedgerQuery, rows: str
) -> tuple[list[tuple[Any, Any]], str | None]:
    """Return the (event, entry) pairs of a page and the next cursor; entries are None for single reports."""
    if rows == "events":
        events, following = record.page(wanted, cursor=query.cursor, limit=query.limit, order=query.order)
        return [(stored, None) for stored in events], following
    entries, following = record.entries(
        cursor=query.cursor,
        limit=query.limit,
        order=query.order,
        background=wanted.background,
        negations=wanted.negations,
        wanted=wanted,
    )
    return [(entry.lead, entry) for entry in entries], following


def _totals(site: Site, wanted: EventFilter, rows: str) -> dict[str, int]:
    with site.record() as record:
        found = {"events": record.total(wanted)}
        if rows == "entries":
            found["entries"] = record.entry_total(wanted)
        return found


def _facets(
    site: Site, wanted: EventFilter, given: dict[str, str]
) -> list[tuple[str, str, list[tuple[str, int, dict[str, str]]], int]]:
    """Count the events of a filter by each field that it does not restrict."""
    found = []
    with site.record() as record:
        for by, name, label in _FACETS:
            if name in given:
                continue
            counts = record.counts(wanted, by=by)  # type: ignore[arg-type]
            lines = [
                (value_words(site, name, value), count, {**given, name: value})
                for value, count in list(counts.items())[:_FACET_ROWS]
            ]
            if len(counts) > 1:
                found.append((name, label, lines, len(counts)))
    return found


def _chips(site: Site, record: Record, given: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return (name, label, words) of each filter in use."""
    chips = []
    for name, value in given.items():
        words = site.place_name(record, value) if name == "place" else value_words(site, name, value)
        chips.append((name, LABELS[name], words))
    return chips


def value_words(site: Site, name: str, value: str) -> str:
    """Return the words for the value of a filter: names for ids, plain words for codes."""
    if name in ("actor", "recipient", "party", "speaker"):
        return site.name(value)
    if name == "dyad":
        return " toward ".join(site.name(part) for part in value.split(ARROW))
    if name == "between":
        return " and ".join(site.name(part) for part in value.split(","))
    if name == "about":
        known = site.issues.issues.get(value)
        return known.name if known is not None else value
    if name == "quad":
        return QUAD_WORDS.get(value, value)
    if name in ("firm", "background", "negations", "one_a_day"):
        return "yes" if value == "true" else "no"
    return value.replace("_", " ") if name in ("mode", "context", "factuality", "polarity") else value


def _has_entries(site: Site) -> bool:
    def ask() -> bool:
        with site.record() as record:
            return bool(record.entries(limit=1)[0])

    return site.cached(("has entries",), ask)


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
