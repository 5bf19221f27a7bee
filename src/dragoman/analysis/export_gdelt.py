"""Rows of GDELT event tables: 58 columns in 1.0, 61 in 2.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis.export_pairs import numbered_pairs_of, one_of_each_entry
from dragoman.knowledge.cameo import load_cameo, written_out
from dragoman.knowledge.country_codes import cameo_sector, codes_of, known_group

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from dragoman.analysis.export_pairs import Pair
    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.knowledge.cameo import CameoCode
    from dragoman.model.records import ActorRef, Place

Row = dict[str, object]

_ACTOR_PARTS = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO_PARTS_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_GEO_PARTS_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(geo_parts: tuple[str, ...]) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR_PARTS),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in geo_parts),
        "DATEADDED", "SOURCEURL",
    )  # fmt: skip


COLUMNS_1 = _columns(_GEO_PARTS_1)
COLUMNS_2 = _columns(_GEO_PARTS_2)
_QUAD_NUMBERS = {
    "verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4,
}  # fmt: skip
# Codes in country fields that are not countries.
_NO_COUNTRY = ("IGO", "UNO")


def gdelt1_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each pair of an entry, with the 58 columns of GDELT 1.0."""
    return _rows(events, COLUMNS_1, added="%Y%m%d")


def gdelt2_rows(events: Iterable[SourcedEvent]) -> Iterator[Row]:
    """Yield one row for each pair of an entry, with the 61 columns of GDELT 2.0."""
    return _rows(events, COLUMNS_2, added="%Y%m%d000000")


def _rows(events: Iterable[SourcedEvent], columns: tuple[str, ...], *, added: str) -> Iterator[Row]:
    codes = load_cameo()
    for pair in numbered_pairs_of(one_of_each_entry(events)):
        day, code = pair.day, codes.get(written_out(pair.stored.event.cameo or ""))
        if code is None or day is None:
            continue
        row: Row = dict.fromkeys(columns)
        row |= _when(pair, day) | _what(pair, code)
        row |= _actor("Actor1", pair.actor) | _actor("Actor2", pair.recipient)
        row |= {"Actor1Geo_Type": 0, "Actor2Geo_Type": 0, **_place(pair.stored.event.place)}
        row |= {
            "DATEADDED": f"{pair.stored.published_on or day:{added}}",
            "SOURCEURL": pair.citation.url,
        }
        yield row


def _when(pair: Pair, day: dt.date) -> Row:
    return {
        "GLOBALEVENTID": pair.numeric_id,
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": day.year,
        "FractionDate": round(day.year + min(day.timetuple().tm_yday / 365, 0.9999), 4),
    }


def _what(pair: Pair, code: CameoCode) -> Row:
    citation = pair.citation
    return {
        "IsRootEvent": int(pair.source.in_lead),
        "EventCode": code.code,
        "EventBaseCode": code.code[:3],
        "EventRootCode": code.code[:2],
        "QuadClass": _QUAD_NUMBERS[code.quad_class],
        "GoldsteinScale": code.goldstein,
        "NumMentions": citation.mentions,
        "NumSources": citation.sources,
        "NumArticles": citation.articles,
    }


def _actor(part: str, ref: ActorRef | None) -> Row:
    if ref is None:
        return {}
    group, sector = known_group(ref.id), cameo_sector(ref.sector)
    country = ref.country if ref.country not in _NO_COUNTRY else None
    # As in "RUSGOV" and "IGOUNO": without a country the type comes first.
    parts = (country, group, sector) if country else (sector, group)
    return {
        f"{part}Code": "".join(code for code in parts if code) or None,
        f"{part}Name": ref.name.upper(),
        f"{part}CountryCode": country,
        f"{part}KnownGroupCode": group,
        f"{part}Type1Code": sector,
    }


def _place(place: Place | None) -> Row:
    if place is None:
        return {"ActionGeo_Type": 0}
    # 1 is a country, 2 and 5 a state of the United States or of another country, 3 and 4 a town or landmark.
    inside = place.country == "USA"
    kind = {"country": 1, "region": 2 if inside else 5}.get(place.precision, 3 if inside else 4)
    codes = codes_of(place.country)
    name = place.name if codes.icews in (None, place.name) else f"{place.name}, {codes.icews}"
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": name,
        "ActionGeo_CountryCode": codes.fips or place.country,
        "ActionGeo_ADM1Code": codes.fips,
        "ActionGeo_Lat": place.latitude,
        "ActionGeo_Long": place.longitude,
        "ActionGeo_FeatureID": place.geonames_id,
    }
