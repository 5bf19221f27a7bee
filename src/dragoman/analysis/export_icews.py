"""Rows of ICEWS coded event data, as in the files on Dataverse and in the R package icews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis.export_pairs import numbered_pairs_of
from dragoman.knowledge.cameo import load_cameo, written_out
from dragoman.knowledge.country_codes import codes_of, sector_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.model.records import ActorRef

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_IN_TOWN = ("exact", "town")


def icews_rows(events: Iterable[SourcedEvent]) -> Iterator[dict[str, object]]:
    """Yield one row for each pair that has a CAMEO code and a day."""
    codes = load_cameo()
    for pair in numbered_pairs_of(events):
        event, place = pair.stored.event, pair.stored.event.place
        code = codes.get(written_out(event.cameo or ""))
        if code is None or pair.day is None:
            continue
        values = (
            pair.numeric_id, pair.day, *_party(pair.actor),
            code.name, code.code, code.goldstein, *_party(pair.recipient),
            pair.citation.document_number, pair.source.sentence_number,
            pair.stored.publisher,
            place.name if place and place.precision in _IN_TOWN else None, None,
            place.name if place and place.precision == "region" else None,
            _country_name(place.country) if place else None,
            place.latitude if place else None, place.longitude if place else None,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def _party(ref: ActorRef | None) -> tuple[str | None, str | None, str | None]:
    if ref is None:
        return None, None, None
    return ref.name, sector_label(ref.sector), _country_name(ref.country)


def _country_name(country: str | None) -> str | None:
    """Return the country name used by ICEWS; invented and international ones keep their code."""
    return codes_of(country).icews or country
