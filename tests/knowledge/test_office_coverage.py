"""Whether the tables of offices reach every member of the United Nations."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors


def _codes(written: str) -> list[str]:
    return written.split()


MEMBERS = _codes(
    """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN
BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM
ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN
ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE
LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL
NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP
SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON
TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""
)
# San Marino's two captains regent change every half year; they are not in the table.
NO_HEAD_OF_STATE = {"SMR"}
# One person is head of state and of government, or the first minister does not lead the government.
NO_HEAD_OF_GOVERNMENT = set(
    _codes(
        """
ARG BEN BOL BWA BRA CHL COL COM CRI CYP DOM ECU SLV ERI GMB GHA GTM GUY HND IDN IRN KIR LBR MWI MDV
MHL MEX FSM NRU NIC NGA OMN PLW PAN PRY PHL SYC SLE ZAF SSD SUR CHE TKM USA URY VEN ZMB BRN
"""
    )
)
# States that have no armed forces, or whose head of government keeps defence.
ENOUGH = {"FM": 165, "DM": 115}
# The first and the last day of the years the tables are for.
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors()


def tenures(book: ActorBook, *offices: str) -> dict[str, int]:
    """Count the spells in these offices that reach into the years of the table, by country."""
    counts = dict.fromkeys(MEMBERS, 0)
    for person in book.persons.values():
        for tenure in person.tenures:
            if tenure.country in counts and tenure.office in offices and (tenure.end or LAST) >= FIRST:
                counts[tenure.country] += 1
    return counts


def test_the_list_of_members_is_whole() -> None:
    assert len(MEMBERS) == len(set(MEMBERS)) == 193


@pytest.mark.parametrize(
    ("offices", "but"),
    [(("HOS", "MONARCH", "LEADER", "COUNCILPRES"), NO_HEAD_OF_STATE), (("HOG",), NO_HEAD_OF_GOVERNMENT)],
)
def test_every_member_has_its_heads(book: ActorBook, offices: tuple[str, ...], but: set[str]) -> None:
    missing = {country for country, count in tenures(book, *offices).items() if not count}
    assert missing <= but


@pytest.mark.parametrize("office", ENOUGH)
def test_most_members_have_their_ministers(book: ActorBook, office: str) -> None:
    assert sum(count > 0 for count in tenures(book, office).values()) >= ENOUGH[office]


@pytest.mark.parametrize("office", ["FM", "DM"])
@pytest.mark.parametrize("country", _codes("USA GBR FRA DEU ITA CAN JPN RUS CHN IND TUR ISR"))
def test_ministers_of_great_states_are_known_nearly_always(
    book: ActorBook, country: str, office: str
) -> None:
    days = [dt.date(year, month, 20) for year in range(1992, 2026) for month in (3, 9)]
    empty = [day for day in days if book.holder(country, office, day) is None]
    assert len(empty) <= len(days) * 0.1, empty


def test_the_crown_is_british_before_it_is_of_the_realms(book: ActorBook) -> None:
    assert book.code("Queen Elizabeth II", on=dt.date(2010, 1, 1)) == ("GBR", "GOV")
    assert book.code("King Charles III", on=dt.date(2024, 1, 1)) == ("GBR", "GOV")


@pytest.mark.parametrize("words", ["No", "Tax", "San", "Son", "Spring", "Fall"])
def test_words_and_towns_are_no_ministers(book: ActorBook, words: str) -> None:
    assert not book.find(f"{words} was discussed in the valley.", on=dt.date(2024, 9, 1))


def test_a_great_town_is_a_place_though_a_minister_is_called_like_it(book: ActorBook) -> None:
    assert book.place_in(["Sydney"]) == "AUS"
