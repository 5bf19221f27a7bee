"""Rows of our own tables, one an event or a pair, and of PLOVER records.

`export_icews`, `export_gdelt` and `export_polecat` have the columns of other data sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.export_pairs import pairs_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.model.records import ActorRef

Row = dict[str, object]

EVENT_COLUMNS = (
    "event_id", "document_id", "published_on", "publisher", "day", "last_day", "event_type", "event_mode",
    "contexts", "quad_class", "intensity", "intensity_scale", "cameo", "goldstein", "actors", "recipients",
    "speaker", "quoted", "factuality", "polarity", "tense", "conditional", "condition", "consequence",
    "issue", "amounts", "place", "place_country", "place_precision", "latitude", "longitude", "evidence",
    "evidence_start", "evidence_end", "trigger", "rule", "confidence", "carried_by", "told_as",
    "time_basis", "url", "title", "sentence_number", "sentence", "actor_names", "recipient_names",
    "speaker_names",
)  # fmt: skip
PAIR_COLUMNS = (
    "pair_id", "event_id", "day", "actor", "actor_name", "actor_country", "actor_sector", "recipient",
    "recipient_name", "recipient_country", "recipient_sector", "event_type", "event_mode", "quad_class",
    "intensity", "cameo", "goldstein", "factuality", "conditional", "document_id", "publisher", "evidence",
    "told_as", "url", "title", "sentence_number", "sentence",
)  # fmt: skip


def event_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each event, in our own shape; lists are joined by a space or a semicolon."""
    for source in events:
        stored, event = source.stored, source.stored.event
        date, place = event.event_date, event.place
        yield {
            "event_id": event.id,
            "document_id": stored.document_id,
            "published_on": stored.published_on,
            "publisher": stored.publisher,
            "day": event.listed_on(stored.published_on),
            "last_day": date.end if date else event.listed_on(stored.published_on),
            "event_type": event.event_type,
            "event_mode": event.event_mode,
            "contexts": " ".join(event.contexts),
            "quad_class": event.quad_class,
            "intensity": event.intensity,
            "intensity_scale": event.intensity_scale,
            "cameo": event.cameo,
            "goldstein": event.goldstein,
            "actors": _ids(event.actors),
            "recipients": _ids(event.recipients),
            "speaker": _ids(event.speaker),
            "quoted": event.quoted,
            "factuality": event.factuality,
            "polarity": event.polarity,
            "tense": event.tense,
            "conditional": event.conditional,
            "condition": event.condition.text if event.condition else None,
            "consequence": event.consequence.text if event.consequence else None,
            "issue": event.issue.text if event.issue else None,
            "amounts": "; ".join(f"{a.value:.15g} {a.of or a.unit}" for a in event.amounts),
            "place": place.name if place else None,
            "place_country": place.country if place else None,
            "place_precision": place.precision if place else "none",
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "evidence": event.evidence.text,
            "evidence_start": event.evidence.start,
            "evidence_end": event.evidence.end,
            "trigger": event.trigger.text,
            "rule": event.rule,
            "confidence": event.confidence,
            "carried_by": event.carried_by,
            "told_as": event.told_as,
            "time_basis": event.time_basis,
            **_report(source),
            "actor_names": _names(event.actors),
            "recipient_names": _names(event.recipients),
            "speaker_names": _names(event.speaker),
        }


def pair_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each pair, in our own shape."""
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


def _ids(refs: Iterable[ActorRef]) -> str:
    return " ".join(ref.id for ref in refs)


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
