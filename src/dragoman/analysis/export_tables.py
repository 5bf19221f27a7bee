"""Rows of Dragoman's own tables, one per event or pair, and PLOVER records.

`export_icews`, `export_gdelt` and `export_polecat` have the columns of other data sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.export_pairs import pairs_of
from dragoman.record.event_rows import COLUMN_TYPES, Row, event_row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.model.records import ActorRef

EVENT_COLUMNS = (
    *COLUMN_TYPES, "url", "title", "sentence_number", "sentence", "actor_names", "recipient_names",
    "speaker_names",
)  # fmt: skip
PAIR_COLUMNS = (
    "pair_id", "event_id", "day", "actor", "actor_name", "actor_country", "actor_sector", "recipient",
    "recipient_name", "recipient_country", "recipient_sector", "event_type", "event_mode", "quad_class",
    "intensity", "cameo", "goldstein", "factuality", "conditional", "document_id", "publisher", "evidence",
    "told_as", "url", "title", "sentence_number", "sentence",
)  # fmt: skip


def event_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each event, in Dragoman's own format; lists are joined by a space or a semicolon."""
    for source in events:
        event = source.stored.event
        yield {
            **event_row(source.stored),
            **_report(source),
            "actor_names": _names(event.actors),
            "recipient_names": _names(event.recipients),
            "speaker_names": _names(event.speaker),
        }


def pair_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each pair, in Dragoman's own format."""
    for pair in pairs_of(events):
        event = pair.stored.event
        yield {
            "pair_id": pair.id,
            "event_id": event.id,
            "day": pair.day,
            **_party("actor", pair.actor),
            **_party("recipient", pair.recipient),
            "event_type": event.event_type,
            "event_mode": event.event_mode,
            "quad_class": event.quad_class,
            "intensity": event.intensity,
            "cameo": event.cameo,
            "goldstein": event.goldstein,
            "factuality": event.factuality,
            "conditional": event.conditional,
            "document_id": pair.stored.document_id,
            "publisher": pair.stored.publisher,
            "evidence": event.evidence.text,
            "told_as": event.told_as,
            **_report(pair.source),
        }


def plover_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one PLOVER record for each event, as plain objects for JSON."""
    for source in events:
        stored, event = source.stored, source.stored.event
        yield {
            "id": event.id,
            "date": _text(event.listed_on(stored.published_on)),
            "story_id": stored.document_id,
            "url": source.citation.url,
            "publisher": stored.publisher,
            "event_type": event.event_type,
            "event_mode": event.event_mode,
            "event_context": list(event.contexts),
            "quad_code": event.quad_class,
            "intensity": event.intensity,
            "actor": [_plover_party(ref) for ref in event.actors],
            "recipient": [_plover_party(ref) for ref in event.recipients],
            "location": msgspec.to_builtins(event.place) if event.place else None,
            "event_text": event.evidence.text,
            "version": "dragoman",
        }


def _plover_party(ref: ActorRef) -> Row:
    return {"name": ref.name, "country": ref.country, "sector": ref.sector, "text": ref.text}


def _report(source: SourcedEvent) -> Row:
    return {
        "url": source.citation.url,
        "title": source.citation.title,
        "sentence_number": source.sentence_number,
        "sentence": source.sentence,
    }


def _names(refs: Iterable[ActorRef]) -> str:
    return "; ".join(ref.name for ref in refs)


def _party(part: str, ref: ActorRef | None) -> Row:
    return {
        part: ref.id if ref else None,
        f"{part}_name": _name(ref),
        f"{part}_country": _country(ref),
        f"{part}_sector": _sector(ref),
    }


def _name(ref: ActorRef | None) -> str | None:
    return ref.name if ref else None


def _country(ref: ActorRef | None) -> str | None:
    return ref.country if ref else None


def _sector(ref: ActorRef | None) -> str | None:
    return ref.sector if ref else None


def _text(day: dt.date | None) -> str | None:
    return None if day is None else str(day)
