"""Queries of the pages to the record and its views."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dragoman.analysis.differing_reports import REPORTS_DIFFER
from dragoman.analysis.disputes import Dispute
from dragoman.analysis.positions import Position
from dragoman.analysis.view_lines import Line
from dragoman.analysis.views import TYPES_OF, make_view
from dragoman.model.records import CodedDocument
from dragoman.record.queries import EventFilter, whole_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.analysis.view_sources import Party, ViewSource
    from dragoman.record.answers import StoredEvent
    from dragoman.record.store import Record
    from dragoman.web.site import Site

# Views use only the newest events of a party, because events are read one by one and compared with each
# other.
VIEW_EVENTS = 3000
SHOWN = 8
VIEW_WORDS = {
    "positions": ("Positions", "No position is on record."),
    "pledges": ("Pledges", "No pledge is on record."),
    "demands": ("Demands", "No demand is on record."),
    "deals": ("Deals", "No deal is on record."),
    "disputes": ("Disputes", "No denial is on record."),
    "warnings": ("Warnings", "No warning is on record."),
    "sanctions": ("Sanctions", "No sanction is on record."),
    "mediation": ("Mediation", "No mediation is on record."),
}


class Row(NamedTuple):
    """Line of a view for display; `outcome` is the outcome of a pledge, and `told` its evidence."""

    lead: str
    parties: tuple[Party, ...]
    toward: tuple[Party, ...]
    matter: str
    first_day: dt.date | None
    last_day: dt.date | None
    sources: tuple[ViewSource, ...]
    outcome: str | None = None
    told: tuple[ViewSource, ...] = ()


def coded_document(record: Record, document_id: str) -> CodedDocument:
    """Return a document of the record with its events in the order of the text.

    Raises:
        NotFoundError: The document does not exist.
    """
    document = record.document(document_id)
    found = (stored.event for stored in record.events(whole_document(document_id)))
    events = tuple(sorted(found, key=lambda event: (event.trigger.start, event.id)))
    attributions = tuple(record.attributions(document_id))
    return CodedDocument(id=document.id, document=document, events=events, attributions=attributions)


def make_views(
    site: Site,
    names: Sequence[str],
    *,
    party: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    unanswered: bool = False,
    background: bool = False,
) -> dict[str, list[Any]]:
    """Compute views from the newest events of a party, or of all parties."""

    def make() -> dict[str, list[Any]]:
        with site.record() as record:
            wanted = EventFilter(party=party, since=since, until=until, background=background)
            events, _ = record.page(wanted, limit=VIEW_EVENTS)
            if party is not None:
                # Statements about others are positions too.
                wanted = msgspec.structs.replace(wanted, party=None, speaker=party)
                said, _ = record.page(wanted, limit=VIEW_EVENTS // 3)
                known = {stored.event.id for stored in events}
                events += [stored for stored in said if stored.event.id not in known]
            if "disputes" in names:
                negations = EventFilter(party=party, since=since, until=until, polarity="negative")
                events += record.page(negations, limit=VIEW_EVENTS // 3)[0]
        return views_of(site, names, events, party=party, unanswered=unanswered)

    return site.cached(("views", tuple(names), party, since, until, unanswered, background), make)


def views_of(
    site: Site,
    names: Sequence[str],
    events: Sequence[StoredEvent],
    *,
    party: str | None = None,
    unanswered: bool = False,
) -> dict[str, list[Any]]:
    """Compute views from events."""
    made: dict[str, list[Any]] = {}
    for name in names:
        # Reports may differ on an event of any type.
        fitting = [s for s in events if name == "disputes" or s.event.event_type in TYPES_OF[name]]
        made[name] = list(
            make_view(name, fitting, party=party, unanswered=unanswered, names=site.state_names)
        )
    return made


def row_of(line: Position | Line | Dispute) -> Row:
    """Return a line of any view for display."""
    if isinstance(line, Position):
        return Row(line.stance, (line.actor,), (), line.matter, line.first_day, line.last_day, line.sources)
    if isinstance(line, Dispute):
        sources = (*line.accusations, *line.denials)
        lead = REPORTS_DIFFER if REPORTS_DIFFER in line.shared else "denied" if line.denials else "unanswered"
        return Row(lead, line.accusers, line.accused, line.matter, line.first_day, line.last_day, sources)
    matter = f"not: {line.matter}" if line.is_negative else line.matter
    if line.condition is not None:
        then = f", then {line.consequence.text}" if line.consequence else ""
        matter = f"if {line.condition.text.removeprefix('if ').removeprefix('If ')}{then}"
    return Row(
        line.stage or "",
        line.actors,
        line.recipients,
        matter,
        line.first_day,
        line.last_day,
        line.sources,
        line.outcome,
        line.outcome_sources,
    )
