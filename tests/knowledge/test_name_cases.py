"""Names in running text and whom they mean, one line each; written before they were first run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors

FOLDER = Path(__file__).parent


def cases_of(name: str) -> list[tuple[str, ...]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors()


def ids_found(book: ActorBook, text: str, day: str) -> list[str]:
    on = None if day == "-" else dt.date.fromisoformat(day)
    return [match.id for match in book.find(text, on=on)]


NAMES = cases_of("name_cases.txt")


@pytest.mark.parametrize(
    ("kind", "text", "day", "wanted"), [case for case in NAMES if case[0] != "table"], ids=str
)
def test_names_mean_these_actors(book: ActorBook, kind: str, text: str, day: str, wanted: str) -> None:
    assert ids_found(book, text, day) == ([] if wanted == "-" else wanted.split()), kind


@pytest.mark.parametrize(
    ("text", "wanted"), [(case[1], case[3]) for case in NAMES if case[0] == "table"], ids=str
)
def test_a_state_as_tables_write_it(book: ActorBook, text: str, wanted: str) -> None:
    found = book.resolve(text)
    assert found is not None
    assert found.id == wanted


@pytest.mark.parametrize(("kind", "text", "day", "wanted"), cases_of("namesake_cases.txt"), ids=str)
def test_a_namesake_is_not_the_famous_one(
    book: ActorBook, kind: str, text: str, day: str, wanted: str
) -> None:
    assert ids_found(book, text, day) == ([] if wanted == "-" else wanted.split()), kind


PHRASES = [
    ("Balen Shah", "P:balendra-shah", "NPL", "GOV"),
    ("Peter Houston", None, None, None),
    ("Kerry Washington", None, None, None),
    ("Captain Biden of the Ugandan army", "P:biden", "UGA", "MIL"),
    ("General Khan", "P:khan", None, "MIL"),
    ("the wife of Putin", "RUS:CVL", "RUS", "CVL"),
    ("Putin's wife", "RUS:CVL", "RUS", "CVL"),
    ("Biden's spokesman", "USA:GOV", "USA", "GOV"),
    ("aides to Macron", "FRA:GOV", "FRA", "GOV"),
    ("Maduro's brother", "VEN:CVL", "VEN", "CVL"),
    ("the widow of Navalny", "RUS:CVL", "RUS", "CVL"),
    ("a spokesman for Erdogan", "TUR:GOV", "TUR", "GOV"),
    ("supporters of Imran Khan", "PAK:CVL", "PAK", "CVL"),
    ("the Trump administration", "USA:GOV", "USA", "GOV"),
    ("world leaders", "G:IGO:leader", None, "IGO"),
    ("the Green Movement", "O:green-movement", None, None),
    ("the March Movement", "O:march-movement", None, None),
    ("the Free Gaza Movement", "O:free-gaza-movement", "PSE", None),
    ("the Five Star Movement", "FIVESTARMOVEME", "ITA", "PTY"),
    ("the Human Rights League", "G:NGO:league", None, "NGO"),
    ("Mumbai police", "IND:COP", "IND", "COP"),
    ("Sudan's RSF", "RSFSDN", "SDN", "PRM"),
    ("PA", None, None, None),
    ("the RSF", None, None, None),
]


@pytest.mark.parametrize(("phrase", "id", "country", "sector"), PHRASES)
def test_a_phrase_with_a_name(
    book: ActorBook, phrase: str, id: str | None, country: str | None, sector: str | None
) -> None:
    found = book.resolve(phrase, on=dt.date(2024, 6, 1))
    assert (found and found.id, found and found.country, found and found.sector) == (id, country, sector)


RIVALS = [
    ("RSF", {"RSF", "RSFSDN"}),
    ("the SDF", {"SDF", "JSDF"}),
    ("National Liberation Army", {"ELN", "NLAMKD"}),
    ("NATO", set()),
    ("nobody of that name", set()),
]


@pytest.mark.parametrize(("name", "ids"), RIVALS)
def test_all_who_share_a_short_name(book: ActorBook, name: str, ids: set[str]) -> None:
    assert {entry.id for entry in book.rivals(name)} == ids


def test_a_short_name_is_one_of_the_report_only(book: ActorBook) -> None:
    told = "The Movement for the Liberation of the Congo (MLCX) voted. The MLCX left."
    assert [match.text for match in book.find(told)].count("MLCX") == 0
    told = told.replace("MLCX", "MOLC")
    assert [match.id for match in book.find(told) if match.text == "MOLC"] == ["MLC", "MLC"]
    assert not book.find("The MOLC left.")
