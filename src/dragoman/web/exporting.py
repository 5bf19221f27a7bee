"""Export of all events of a filter from the server, in pages of a thousand."""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, TypeVar

import msgspec

from dragoman.analysis.spreadsheet_cells import to_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.record.answers import StoredEvent
    from dragoman.record.queries import EventFilter
    from dragoman.web.site import Site

Piece = TypeVar("Piece", bytes, str)
_AT_ONCE = 1000
CSV_COLUMNS = (
    "event_id", "document_id", "published_on", "publisher", "day", "event_type", "event_mode", "quad_class",
    "intensity", "cameo", "actors", "recipients", "speaker", "factuality", "polarity", "conditional", "issue",
    "place", "place_precision", "evidence", "rule", "confidence", "carried_by", "told_as", "time_basis",
)  # fmt: skip


def begun(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Generate the first chunk now, so that an invalid filter is reported before the response starts."""
    first = list(itertools.islice(pieces, 1))
    return itertools.chain(first, pieces)


def export_jsonl(site: Site, wanted: EventFilter) -> Iterator[bytes]:
    """Yield the events of a filter as JSON lines."""
    encoder = msgspec.json.Encoder()
    for events in _pages(site, wanted):
        yield b"".join(encoder.encode(stored) + b"\n" for stored in events)


def export_csv(site: Site, wanted: EventFilter, columns: Sequence[str]) -> Iterator[str]:
    """Yield the events of a filter as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for events in _pages(site, wanted):
        writer.writerows(_row(stored) for stored in events)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _pages(site: Site, wanted: EventFilter) -> Iterator[list[StoredEvent]]:
    # The record is reopened for each page: a slow client must not block checkpoints of the write-ahead log.
    cursor: str | None = None
    while True:
        with site.record() as record:
            events, cursor = record.page(wanted, cursor=cursor, limit=_AT_ONCE)
        if events:
            yield events
        if cursor is None:
            return


def _row(stored: StoredEvent) -> dict[str, object]:
    event = stored.event
    return {
        "event_id": event.id,
        "document_id": to_cell(stored.document_id),
        "published_on": stored.published_on,
        "publisher": to_cell(stored.publisher or ""),
        "day": stored.day,
        "event_type": event.event_type,
        "event_mode": event.event_mode,
        "quad_class": event.quad_class,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "actors": to_cell(" ".join(ref.id for ref in event.actors)),
        "recipients": to_cell(" ".join(ref.id for ref in event.recipients)),
        "speaker": to_cell(" ".join(ref.id for ref in event.speaker)),
        "factuality": event.factuality,
        "polarity": event.polarity,
        "conditional": event.conditional,
        "issue": to_cell(event.issue.text if event.issue else ""),
        "place": to_cell(event.place.name if event.place else ""),
        "place_precision": event.place.precision if event.place else "none",
        "evidence": to_cell(event.evidence.text),
        "rule": event.rule,
        "confidence": event.confidence,
        "carried_by": event.carried_by,
        "told_as": event.told_as,
        "time_basis": event.time_basis,
    }
