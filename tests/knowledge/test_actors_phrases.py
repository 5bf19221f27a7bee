from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.loading import data_folder

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "actors.jsonl"
ON = dt.date(2015, 6, 1)


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors(extra=[data_folder() / "actors_invented"])


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("four Gondorian men", "GON", "CVL"),
        ("soldiers", None, "MIL"),
        ("critics of Gondor", None, "CVL"),
        ("a Rohirric critic of Gondor", "ROH", "CVL"),
        ("victims of Mordor", None, "CVL"),
        ("soldiers from Gondor", "GON", "MIL"),
        ("Gondor's foreign ministry", "GON", "GOV"),
        ("Rohan's ambassador to Mordor", "ROH", "GOV"),
        ("a former Mordorian minister", "MOR", "ELI"),
        ("people in the Shire", "SHR", "CVL"),
        ("thousands of Haradrim protesters", "HAR", "OPP"),
        ("Arnorian farmers", "ARN", "AGR"),
        ("a Dalish army accountant", "DAL", "MIL"),
        ("Gondorian-backed rebels", None, "REB"),
        ("the chairman of a Breelander company", "BRE", "BUS"),
        ("Uruk-hai gunmen", "MOR", "REB"),
        ("White Council officials", "IGO", "IGO"),
        ("Lawmakers in Arnor", "ARN", "LEG"),
        ("Bree police", "BRE", "COP"),
        ("the Mouth of Umbar", "UMB", None),
        ("Khandish state news agency", "KHA", "GOV"),
        ("a professor at the University of Fornost", "ARN", "EDU"),
    ],
)
def test_the_head_decides(book: ActorBook, phrase: str, country: str | None, sector: str | None) -> None:
    found = book.resolve(phrase, on=ON)
    assert found is not None
    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "id", "sector"),
    [
        ("Gondor's prime minister", "P:denethor", "GOV"),
        ("the king of Rohan", "P:theoden", "GOV"),
        ("Prime Minister Barliman Butterbur", "P:barliman-butterbur", "GOV"),
        ("former president Arvedui", "P:arvedui", "ELI"),
        ("Gondorian Senator Hallas Finwe", "P:hallas-finwe", "LEG"),
        ("Ioreth Ulmo, the Gondorian Senate's top diplomat", "P:ioreth-ulmo", "GOV"),
        ("Beren Camlost of the White Council", "P:beren-camlost", "IGO"),
    ],
)
def test_persons(book: ActorBook, phrase: str, id: str, sector: str) -> None:
    found = book.resolve(phrase, on=ON)
    assert found is not None
    assert (found.id, found.kind, found.sector) == (id, "person", sector)


@pytest.mark.parametrize(
    "phrase", ["he", "both", "the two countries", "both sides", "a heavy stone", "", ",;"]
)
def test_nobody_is_guessed(book: ActorBook, phrase: str) -> None:
    assert book.resolve(phrase, on=ON) is None


def test_an_office_without_known_holder_keeps_the_country(book: ActorBook) -> None:
    found = book.resolve("the Khandish president", on=ON)
    assert found is not None
    assert (found.id, found.kind, found.sector) == ("KHA:GOV", "group", "GOV")


def test_several_leaders_are_no_office(book: ActorBook) -> None:
    found = book.resolve("leaders of Gondor", on=ON)
    assert found is not None
    assert found.id == "GON:GOV"


def test_what_decided_is_told(book: ActorBook) -> None:
    phrase = "four Gondorian soldiers"
    found = book.resolve(phrase, on=ON)
    assert found is not None
    assert {phrase[start:end] for start, end in found.spans} == {"soldiers", "Gondorian"}
    assert found.basis == "role"


@pytest.mark.parametrize(
    ("phrase", "coded"), [("yesterday", ("", "JNK")), ("they", ("", "UNK")), ("Mordor", ("MOR", ""))]
)
def test_codes_as_coders_write_them(book: ActorBook, phrase: str, coded: tuple[str, str]) -> None:
    assert book.code(phrase) == coded


@pytest.mark.skipif(not GOLD.exists(), reason="the development phrases are not beside the repository")
def test_floor_on_the_development_phrases() -> None:
    world = load_actors()
    right = total = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        country, sector = world.code(case["text"])
        for key, value in (("country", country), ("sector", sector)):
            if key in case["expect"]:
                total += 1
                right += value in case["expect"][key]
    assert right / total >= 0.93
