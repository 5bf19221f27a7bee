"""Countries and organisations in the codes of other data sets."""

from __future__ import annotations

import collections

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.country_codes import (
    _countries,
    _table,
    cameo_sector,
    codes_of,
    is_country,
    known_group,
    sector_label,
)
from dragoman.knowledge.roles import SECTORS

# A state, its number in the Correlates of War and in the list of Gleditsch and Ward.
NUMBERS = [
    ("USA", 2, 2), ("RUS", 365, 365), ("DEU", 255, 260), ("YEM", 679, 678), ("SRB", 345, 340),
    ("CZE", 316, 316), ("VNM", 816, 816), ("KIR", 946, 970), ("TWN", 713, 713), ("XKX", 347, 347),
    ("DDR", 265, 265), ("PSE", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("country", "cow", "gw"), NUMBERS)
def test_numbers_of_states(country: str, cow: int | None, gw: int | None) -> None:
    assert codes_of(country)[:2] == (cow, gw)


def test_every_state_has_a_row_and_no_two_share_a_number() -> None:
    entries = load_actors().entries
    states = {id for id, entry in entries.items() if entry.kind in ("state", "territory") and len(id) == 3}
    assert states == set(_countries())
    # A state of the past and its successor may share one.
    for kind in ("cow", "gw"):
        found = collections.Counter(getattr(codes, kind) for codes in _countries().values())
        shared = {number for number, count in found.items() if count > 1 and number is not None}
        assert shared <= {345, 365, 640, 816}


def test_what_is_no_country_has_no_codes() -> None:
    assert codes_of("UNO") == codes_of(None) == (None, None, None, None)
    assert is_country("FRA")
    assert not is_country("NATO")


def test_names_and_places() -> None:
    assert (codes_of("RUS").icews, codes_of("RUS").fips) == ("Russian Federation", "RS")
    assert (codes_of("GBR").icews, codes_of("GBR").fips) == ("United Kingdom", "UK")


def test_groups_and_sectors() -> None:
    entries = load_actors().entries
    assert set(_table("known_groups.tsv", "code")) <= set(entries)
    assert (known_group("NATO"), known_group("HAMAS"), known_group("FRA")) == ("NAT", "HMS", None)
    assert set(_table("cameo_sectors.tsv", "code")) <= SECTORS
    # Medical in PLOVER, the media in CAMEO.
    assert (cameo_sector("MED"), cameo_sector("JRN"), cameo_sector("PTY"), cameo_sector(None)) == (
        "HLH", "MED", None, None
    )  # fmt: skip
    assert sector_label("GOV") == "Government"
