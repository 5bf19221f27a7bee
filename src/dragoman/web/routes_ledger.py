"""Ledger of entries or of the events of single reports, filtered and paged; and the page of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dragoman.errors import UsageError
from dragoman.model.readings import is_rejected
from dragoman.record.queries import ORDERS
from dragoman.record.tables import ARROW
from dragoman.running.reviewed_record import calibrated_confidence
from dragoman.web.filtering import LABELS, EventQuery
from dragoman.web.ledger_columns import COLUMNS, read_columns, usual_columns
from dragoman.web.ledger_groups import Group, in_order, make_groups
from dragoman.web.marks import fields_of
from dragoman.web.responses import as_page
from dragoman.web.site import QUAD_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.record.answers import StoredEvent
    from dragoman.record.field_counts import Field as CountedField
    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
# The counts in the sidebar: the field counted, the filter that a count links to, and the heading.
_FACETS: tuple[tuple[CountedField, str, str], ...] = (
    ("quad_class", "quad", "Class"), ("event_type", "type", "Type"), ("party", "party", "Party"),
    ("factuality", "factuality", "Factuality"), ("publisher", "publisher", "Publisher"),
)  # fmt: skip
_FACET_ROWS = 8
# Up to this many events of a filter are counted before the page is sent.
_COUNTED_AT_ONCE = 20_000
# Descriptions of whose events are shown.
READER_WORDS = {
    "first": "the coder", "second": "a second reader", "both": "both readers", "either": "either reader",
}  # fmt: skip
_MOST_OFFSET = 10_000_000
_SHOWN_AROUND = 400


class LedgerQuery(EventQuery):
    """Query for a page of the ledger."""

    rows: Literal["entries", "events"] | None = None
    look: Literal["cards", "table"] = "cards"
    group: Literal["day", "dyad", "type"] | None = None
    columns: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=20)
    order: Literal["newest", "oldest", "most", "name"] = "newest"  # type: ignore[assignment]
    cursor: str | None = Field(None, max_length=120)
    wait: bool = Field(False, description="Wait for counts that take long.")

    def offset(self) -> int:
        """Return a numeric cursor: the offset of a page from the first row.

        Raises:
            UsageError: It is not a number.
        """
        if self.cursor is not None and not (self.cursor.isascii() and self.cursor.isdigit()):
            raise UsageError(message=f"cursor {self.cursor!r} is not one of this page; begin without one")
        return min(int(self.cursor or 0), _MOST_OFFSET)


@router.get("/ledger")
def ledger(request: Request, query: Annotated[LedgerQuery, Query()]) -> Response:
    """List entries or events."""
    site: Site = request.app.state.site
    with site.record() as record:
        wanted = query.wanted(site.filters(record))
        rows = query.rows or ("entries" if _has_entries(site) and not query.one_a_day else "events")
        at_most = record.events_at_most(wanted)
        given = query.query(wanted, site.issues)
        lines, following = ([], None) if query.group else _lines(record, wanted, query, rows)
        columns = read_columns(query.columns, rows)
        chips = _chips(site, record, given)
    kept: dict[str, Any] = {"rows": query.rows, **given}
    kept |= {"order": query.order} if query.order != "newest" else {}
    kept |= {"look": query.look} if query.look != "cards" else {}
    kept |= {"group": query.group} if query.group else {}
    kept |= {"columns": ",".join(columns)} if columns != usual_columns(rows) else {}
    groups = _groups(site, wanted, given, query)
    counted = site.soon(
        ("ledger counts", wanted, rows),
        lambda: _counted(site, wanted, given, rows),
        wait=query.wait or (at_most is not None and at_most <= _COUNTED_AT_ONCE),
    )
    return as_page(
        request, "ledger.html", lines=lines, next=following, query=query, given=given, kept=kept, rows=rows,
        # An empty value prevents a link from inheriting the value of the current request.
        chips=[(label, value, {**kept, name: ""}) for name, label, value in chips],
        contexts=site.codebook.contexts.definitions, choices=choices(site), counted=counted,
        facet_rows=_FACET_ROWS, reader_words=READER_WORDS,
        can_group=_has_entries(site), columns=columns, all_columns=COLUMNS, groups=groups,
        orders=_orders(query.group, rows),
        page_of_groups=groups[query.offset() : query.offset() + query.limit] if query.group else [],
    )  # fmt: skip


@router.get("/event")
def event(request: Request, id: Annotated[str, Query(min_length=1, max_length=400)]) -> Response:
    """Show an event: its sentence, fields, evidence, and other reports of it."""
    site: Site = request.app.state.site
    with site.record() as record:
        stored = record.event(id)
        readings = record.readings(event_id=id)
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
        fields=fields_of(found, site.code_words), entry=entry, told=told, readings=readings,
        is_rejected=is_rejected(readings), calibrated=_calibrated(site, stored),
        second_readers=sorted({each.reader for each in readings if each.kind == "model"}),
    )  # fmt: skip


def _calibrated(site: Site, stored: StoredEvent) -> float | None:
    """Return the confidence of an event by the calibration of this server; None without one."""
    path = site.settings.calibration
    if path is None:
        return None

    def make() -> Callable[[StoredEvent], float]:
        with site.coded_record() as record:
            return calibrated_confidence(record, path)

    return site.cached(("calibrated",), make)(stored)


def _orders(group: str | None, rows: str) -> list[tuple[str, str]]:
    """Return the possible orders of a ledger page with their labels, the default first."""
    if group in ("dyad", "type"):
        return [("most", "most events first"), ("name", "by name")]
    most = {"day": "most events first", None: "most reports first"}[group]
    found = [("newest", "newest first"), ("oldest", "oldest first")]
    return [*found, ("most", most)] if group or rows == "entries" else found


def _groups(site: Site, wanted: EventFilter, given: dict[str, str], query: LedgerQuery) -> list[Group]:
    """Return the requested groups in order; empty if the ledger is not grouped."""
    by = query.group
    if by is None:
        return []

    def make() -> list[Group]:
        with site.record() as record:
            return make_groups(record, wanted, given, by=by, name=site.name)

    return in_order(site.cached(("groups", wanted, by), make), query.order, by=by)


def _lines(
    record: Record, wanted: EventFilter, query: LedgerQuery, rows: str
) -> tuple[list[tuple[Any, Any]], str | None]:
    """Return the (event, entry) pairs of a page and the next cursor; entries are None for single reports.

    Raises:
        UsageError: The order is one of groups, or of entries where events are listed.
    """
    if query.order == "most" and rows == "entries":
        entries, offset = record.entries_by_reports(wanted, limit=query.limit, offset=query.offset())
        return [(entry.lead, entry) for entry in entries], None if offset is None else str(offset)
    if query.order not in ORDERS:
        where = "events of single reports" if query.order == "most" else "what is not grouped"
        raise UsageError(message=f"order {query.order!r} is not for {where}; use newest or oldest")
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


class Counted(NamedTuple):
    """Number of events and entries of a filter, with counts by field.

    Attributes:
        events: Number of events.
        entries: Number of entries; 0 if single reports are listed.
        facets: For each field: filter, heading, rows of (words, count, filter), and total number of values.
    """

    events: int
    entries: int
    facets: list[tuple[str, str, list[tuple[str, int, dict[str, str]]], int]]


def _counted(site: Site, wanted: EventFilter, given: dict[str, str], rows: str) -> Counted:
    """Count the events of a filter, also by each field that it does not restrict."""
    with site.record() as record:
        counts = record.field_counts(wanted)
        entries = record.entry_total(wanted) if rows == "entries" else 0
    facets = []
    for by, name, label in _FACETS:
        if name not in given and len(counts[by]) > 1:
            lines = [
                (value_words(site, name, value), count, {**given, name: value})
                for value, count in list(counts[by].items())[:_FACET_ROWS]
            ]
            facets.append((name, label, lines, len(counts[by])))
    return Counted(sum(counts["quad_class"].values()), entries, facets)


def _chips(site: Site, record: Record, given: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return (name, label, words) of each active filter."""
    chips = []
    for name, value in given.items():
        words = site.place_name(record, value) if name == "place" else value_words(site, name, value)
        chips.append((name, LABELS[name], words))
    return chips


def value_words(site: Site, name: str, value: str) -> str:
    """Return a filter value in words: names for ids, plain words for codes."""
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
    if name in ("firm", "background", "negations", "one_a_day", "reviewed"):
        return "yes" if value == "true" else "no"
    if name == "reader":
        return READER_WORDS[value]
    return value.replace("_", " ") if name in ("mode", "context", "factuality", "polarity") else value


def _has_entries(site: Site) -> bool:
    def ask() -> bool:
        with site.record() as record:
            return bool(record.entries(limit=1)[0])

    return site.cached(("has entries",), ask)


def choices(site: Site) -> dict[str, dict[str, int]]:
    """Return the values offered by filters, with their frequency in the whole record."""

    def make() -> dict[str, dict[str, int]]:
        with site.record() as record:
            return {
                "event_type": record.counts(by="event_type"),
                "party": record.counts(by="party", limit=300),
                "publisher": record.counts(by="publisher", limit=100),
                "context": record.counts(by="context"),
            }

    return site.cached(("choices",), make)
