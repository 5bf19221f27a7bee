"""Countries and organisations in the codes of other data sets: COW, Gleditsch-Ward, FIPS, ICEWS, CAMEO."""

from __future__ import annotations

import csv
import functools
from typing import NamedTuple

from dragoman.knowledge.loading import data_folder


class CountryCodes(NamedTuple):
    """Codes of a country in other data sets; None if a data set does not contain it.

    `cow` is the Correlates of War number, `gw` that of Gleditsch and Ward, `fips` the two-letter code GDELT
    uses for places, `icews` the name in the ICEWS files.
    """

    cow: int | None
    gw: int | None
    fips: str | None
    icews: str | None


_NOWHERE = CountryCodes(None, None, None, None)


def codes_of(country: str | None) -> CountryCodes:
    """Return the codes of a country; all None for anything else.

    Args:
        country: An alpha-3 code.
    """
    return _countries().get(country or "", _NOWHERE)


def is_country(code: str) -> bool:
    """Return True for the alpha-3 code of a state or territory."""
    return code in _countries()


def known_group(actor_id: str) -> str | None:
    """Return the CAMEO known group code of an organisation or armed group; None if it has none."""
    return _table("known_groups.tsv", "code").get(actor_id)


def cameo_sector(sector: str | None) -> str | None:
    """Return the CAMEO actor type of a PLOVER sector; None if there is none."""
    return _table("cameo_sectors.tsv", "code").get(sector or "") or None


def sector_label(sector: str | None) -> str | None:
    """Return the label of a sector; None for None."""
    return _table("cameo_sectors.tsv", "label").get(sector or "")


@functools.cache
def _countries() -> dict[str, CountryCodes]:
    return {
        row["alpha3"]: CountryCodes(
            cow=int(row["cow"]) if row["cow"] else None,
            gw=int(row["gw"]) if row["gw"] else None,
            fips=row["fips"] or None,
            icews=row["icews"] or None,
        )
        for row in _rows("country_codes.tsv")
    }


@functools.cache
def _table(name: str, column: str) -> dict[str, str]:
    return {row["id"]: row[column] for row in _rows(name)}


def _rows(name: str) -> list[dict[str, str]]:
    text = (data_folder() / "actors" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
