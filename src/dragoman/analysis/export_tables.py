"""Rows of the tables: our own, one a pair, and those that users of ICEWS, GDELT and PLOVER files know.

Column names of other formats are theirs; docs/exports.md says what each holds here and where it departs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.export_pairs import pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.model.records import ActorRef, Place
    from dragoman.record.answers import StoredEvent

Row = dict[str, object]

EVENT_COLUMNS = (
    "event_id", "document_id", "published_on", "publisher", "day", "last_day", "event_type", "event_mode",
    "contexts", "quad_class", "intensity", "intensity_scale", "cameo", "goldstein", "actors", "recipients",
    "speaker", "quoted", "factuality", "polarity", "tense", "conditional", "condition", "consequence",
    "issue", "amounts", "place", "place_country", "place_precision", "latitude", "longitude", "evidence",
    "evidence_start", "evidence_end", "trigger", "rule", "confidence", "carried_by", "told_as",
    "time_basis",
)  # fmt: skip
PAIR_COLUMNS = (
    "pair_id", "event_id", "day", "actor", "actor_name", "actor_country", "actor_sector", "recipient",
    "recipient_name", "recipient_country", "recipient_sector", "event_type", "event_mode", "quad_class",
    "intensity", "cameo", "goldstein", "factuality", "conditional", "document_id", "publisher", "evidence",
    "told_as",
)  # fmt: skip
ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_ACTOR_PARTS = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO_PARTS = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR_PARTS),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO_PARTS),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
_QUAD_NUMBERS = {
    "verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4,
}  # fmt: skip


def event_rows(events: Iterable[StoredEvent]) -> Iterator[Row]:
    """Yield one row for each event, in our own shape; lists are joined by a space or a semicolon."""
    for stored in events:
        event = stored.event
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
        }


def pair_rows(events: Iterable[StoredEvent]) -> Iterator[Row]:
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
        }


def icews_rows(events: Iterable[StoredEvent]) -> Iterator[Row]:
    """Yield one row for each pair, with the columns of the ICEWS coded event data."""
    for pair in pairs_of(events):
        event, place = pair.stored.event, pair.stored.event.place
        kind = f"{event.event_type} ({event.event_mode})" if event.event_mode else event.event_type
        values = (
            pair.id, pair.day, _name(pair.actor), _sector(pair.actor), _country(pair.actor), kind,
            event.cameo, event.intensity if event.goldstein is None else event.goldstein,
            _name(pair.recipient), _sector(pair.recipient), _country(pair.recipient),
            pair.stored.document_id, None, pair.stored.publisher,
            place.name if place else None, None, None, place.country if place else None,
            place.latitude if place else None, place.longitude if place else None,
        )  # fmt: skip
        yield dict(zip(ICEWS_COLUMNS, values, strict=True))


def gdelt_rows(events: Iterable[StoredEvent]) -> Iterator[Row]:
    """Yield one row for each pair that has a CAMEO code, with the 58 columns of GDELT 1.0."""
    for pair in pairs_of(events):
        event, day = pair.stored.event, pair.day
        if event.cameo is None or day is None:
            continue
        values: Sequence[object] = (
            pair.id, f"{day:%Y%m%d}", f"{day:%Y%m}", day.year, _fraction(day),
            *_gdelt_actor(pair.actor), *_gdelt_actor(pair.recipient),
            1, event.cameo, event.cameo[:3], event.cameo[:2], _QUAD_NUMBERS[event.quad_class],
            event.goldstein, 1, 1, 1, None,
            *([None] * 2 * len(_GEO_PARTS)), *_gdelt_place(event.place),
            _day_number(pair.stored.published_on or day), None,
        )  # fmt: skip
        yield dict(zip(GDELT_COLUMNS, values, strict=True))


def plover_rows(events: Iterable[StoredEvent]) -> Iterator[Row]:
    """Yield one PLOVER record for each event, as plain objects for JSON."""
    for stored in events:
        event = stored.event
        yield {
            "id": event.id,
            "date": _text(event.listed_on(stored.published_on)),
            "story_id": stored.document_id,
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


def _gdelt_actor(ref: ActorRef | None) -> tuple[object, ...]:
    if ref is None:
        return (None,) * len(_ACTOR_PARTS)
    code = f"{ref.country or ''}{ref.sector or ''}" or None
    group = ref.id if ref.kind in ("organisation", "armed_group") else None
    return (code, ref.name, ref.country, group, None, None, None, ref.sector, None, None)


def _gdelt_place(place: Place | None) -> tuple[object, ...]:
    if place is None:
        return (0, *[None] * (len(_GEO_PARTS) - 1))
    # 1 is a country, 2 and 5 a state of the United States or of another country, 3 and 4 a town or landmark.
    inside = place.country == "USA"
    wide = {"country": 1, "region": 2 if inside else 5}
    kind = wide.get(place.precision, 3 if inside else 4)
    return (kind, place.name, place.country, None, place.latitude, place.longitude, place.geonames_id)


def _fraction(day: dt.date) -> float:
    return round(day.year + day.timetuple().tm_yday / 365, 4)


def _day_number(day: dt.date) -> str:
    return f"{day:%Y%m%d}"


def _text(day: dt.date | None) -> str | None:
    return None if day is None else str(day)
