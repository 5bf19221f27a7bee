"""Rows of POLECAT event data, as on Dataverse: one per event, lists joined by a semicolon."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from dragoman.knowledge.country_codes import codes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.model.records import ActorRef, Place

Row = dict[str, object]


def _party_columns(part: str) -> tuple[str, ...]:
    return (
        f"{part} Name", f"{part} Country", f"{part} COW", f"Primary {part} Sector", f"{part} Sectors",
        f"{part} Title", f"{part} Name Raw", f"Wikipedia {part} ID",
    )  # fmt: skip


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_party_columns("Actor"), *_party_columns("Recipient"),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
# Notation of a missing value in these files.
_NOTHING = "None"
_IN_TOWN = ("exact", "town")
# Feature codes of GeoNames, as far as they follow from the precision of a place.
_FEATURES = {"country": "PCLI", "region": "ADM1", "town": "PPL"}


def polecat_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each event that has a day."""
    for source in events:
        stored, event = source.stored, source.stored.event
        day = event.listed_on(stored.published_on)
        if day is None:
            continue
        row: Row = dict.fromkeys(COLUMNS)
        row |= {
            "Event ID": event.id,
            "Event Date": day,
            "Event Type": event.event_type,
            "Event Mode": event.event_mode,
            "Intensity": event.intensity,
            "Quad Code": event.quad_class.replace("_", " ").upper(),
            "Contexts": "; ".join(event.contexts),
            **_party("Actor", event.actors),
            **_party("Recipient", event.recipients),
            **_place(event.place),
            "Source": stored.publisher,
            "Publication Date": stored.published_on,
            # Only English is coded.
            "Language": "English",
            "Version": f"dragoman {version('dragoman')}",
        }
        yield {name: _NOTHING if value in (None, "") else value for name, value in row.items()}


def _party(part: str, refs: Sequence[ActorRef]) -> Row:
    sectors = [ref.sector for ref in refs]
    return {
        f"{part} Name": _joined(ref.name for ref in refs),
        f"{part} Country": _joined(ref.country for ref in refs),
        f"{part} COW": _joined(codes_of(ref.country).cow for ref in refs),
        f"Primary {part} Sector": next((sector for sector in sectors if sector), None),
        f"{part} Sectors": _joined(sectors),
        f"{part} Name Raw": _joined(ref.text for ref in refs),
    }


def _joined(values: Iterable[object]) -> str | None:
    """Return the joined values of a list in order; None if all are missing."""
    given = [_NOTHING if value is None else str(value) for value in values]
    return "; ".join(given) if any(value != _NOTHING for value in given) else None


def _place(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.name if place.precision in _IN_TOWN else None,
        "Province": place.name if place.precision == "region" else None,
        "Country": place.country,
        "Latitude": place.latitude,
        "Longitude": place.longitude,
        "GeoNames ID": place.geonames_id,
        "Raw Placename": place.text,
        "Feature Type": _FEATURES.get(place.precision),
    }
