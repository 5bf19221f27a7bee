from __future__ import annotations

import datetime as dt

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.loading import data_folder

INVENTED = data_folder() / "actors_invented"


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors()


@pytest.fixture(scope="module")
def arda() -> ActorBook:
    return load_actors(extra=[INVENTED])


def day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def ids(book: ActorBook, text: str, on: str | None = "2017-01-01") -> list[str]:
    return [match.id for match in book.find(text, on=day(on))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gondor and Mordor traded blame in Minas Tirith.", ["GON", "MOR", "GON"]),
        ("Haradrim envoys met the White Council.", ["HAR", "WCL"]),
        ("Uruk-hai crossed into Rohan.", ["URUKS", "ROH"]),
        ("Aragorn spoke with King Theoden.", ["P:aragorn", "P:theoden"]),
    ],
)
def test_an_extra_folder_adds_actors(arda: ActorBook, text: str, expected: list[str]) -> None:
    assert ids(arda, text) == expected


@pytest.mark.parametrize(
    ("text", "form", "sector"),
    [
        ("Gondor", "name", None),
        ("Gondorian", "demonym", None),
        ("Minas Tirith", "capital", "GOV"),
        ("Cirith Ungol", "seat", "MIL"),
        ("Denethor", "person", "GOV"),
    ],
)
def test_the_form_tells_how_an_actor_is_named(
    arda: ActorBook, text: str, form: str, sector: str | None
) -> None:
    (match,) = arda.find(text, on=dt.date(2010, 1, 1))
    assert (match.form, match.sector, match.country) == (form, sector, "MOR" if form == "seat" else "GON")


@pytest.mark.parametrize(
    "text",
    [
        "They polish the brass and eat turkey by the china cabinet.",
        "It told us who would march in may.",
        "Ships left the South China Sea for New Mexico.",
        "Michael Jordan and Chad Smith played.",
        "WHO IS TO BLAME FOR IT",
        "Hunter Biden did not answer.",
        "The month of May was cold.",
        "A Mr Brown wrote to the paper.",
        "The Korean War and the Paris Agreement are history.",
    ],
)
def test_words_and_other_names_are_no_actors(book: ActorBook, text: str) -> None:
    assert ids(book, text, "2022-02-01") == []


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("TEHRAN said no.", "2017-01-01", ["IRN"]),
        ("Iranian-backed rebels shelled Kyiv.", "2017-01-01", ["IRN", "UKR"]),
        ("the U.S. and the U.N. agreed", "2017-01-01", ["USA", "UNO"]),
        ("Putin called Macron.", "2018-01-01", ["P:vladimir-putin", "P:emmanuel-macron"]),
        ("President Bush spoke.", "1991-01-01", ["P:george-h-w-bush"]),
        ("President Bush spoke.", "2003-01-01", ["P:george-w-bush"]),
        ("Prime Minister May resigned.", "2018-01-01", ["P:theresa-may"]),
        ("Theresa May flew home. May had lost.", "2018-01-01", ["P:theresa-may", "P:theresa-may"]),
        ("Élysée officials met Erdoğan.", "2018-01-01", ["FRA", "P:recep-tayyip-erdogan"]),
        ("Guinea-Bissau and Equatorial Guinea", "2018-01-01", ["GNB", "GNQ"]),
    ],
)
def test_names_in_running_text(book: ActorBook, text: str, on: str, expected: list[str]) -> None:
    assert ids(book, text, on) == expected


def test_a_hyphenated_name_is_marked(book: ActorBook) -> None:
    backed, plain = book.find("Russian-backed forces left Russia.")
    assert backed.compound
    assert not plain.compound


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("RUS", "HOS", "2010-05-01", "Dmitry Medvedev"),
        ("RUS", "HOS", "2012-05-07", "Vladimir Putin"),
        ("DEU", "HOG", "2021-12-08", "Olaf Scholz"),
        ("UNO", "SG", "2009-01-01", "Ban Ki-moon"),
        ("GON", "HOG", "2018-01-01", "Denethor"),
    ],
)
def test_holder(arda: ActorBook, country: str, office: str, on: str, name: str) -> None:
    person = arda.holder(country, office, day(on))
    assert person is not None
    assert person.name == name


def test_nobody_holds_an_office_that_was_empty(book: ActorBook) -> None:
    assert book.holder("RUS", "HOS", dt.date(1970, 1, 1)) is None


@pytest.mark.parametrize(
    ("on", "sector"), [("2010-01-01", "GOV"), ("2020-01-01", "ELI"), ("1980-01-01", None)]
)
def test_sector_follows_the_office(arda: ActorBook, on: str, sector: str | None) -> None:
    (match,) = arda.find("Denethor", on=day(on))
    assert match.sector == sector


@pytest.mark.parametrize(("on", "sector"), [("2019-01-01", "REB"), ("2021-08-15", "GOV"), (None, "GOV")])
def test_sector_of_a_group_can_change(book: ActorBook, on: str | None, sector: str) -> None:
    (match,) = book.find("the Taliban", on=day(on))
    assert match.sector == sector


@pytest.mark.parametrize(
    ("organisation", "country", "on", "expected"),
    [
        ("EUR", "GBR", "2019-01-01", True),
        ("EUR", "GBR", "2021-01-01", False),
        ("NATO", "FIN", "2022-01-01", False),
        ("NATO", "FIN", "2024-01-01", True),
        ("WCL", "ROH", "2024-01-01", True),
        ("NOTHERE", "ROH", "2024-01-01", False),
    ],
)
def test_members(arda: ActorBook, organisation: str, country: str, on: str, expected: bool) -> None:
    assert arda.is_member(organisation, country, day(on)) is expected


@pytest.mark.parametrize(
    ("word", "country"),
    [("Dutch", "NLD"), ("Frenchmen", "FRA"), ("Rohirric", "ROH"), ("dutch", None), ("So", None)],
)
def test_nationality(arda: ActorBook, word: str, country: str | None) -> None:
    assert arda.nationality(word) == country


@pytest.mark.parametrize(
    ("word", "sector"), [("soldier", "MIL"), ("soldiers", "MIL"), ("ministries", "GOV"), ("cloud", None)]
)
def test_role(book: ActorBook, word: str, sector: str | None) -> None:
    assert book.role(word) == sector


def test_every_name_found_is_the_text_at_its_place(book: ActorBook) -> None:
    text = "“Çetin” — a Türkiye official — met Volodymyr Zelenskyy’s aide in São Paulo, İzmir and Ankara."
    for match in book.find(text):
        assert text[match.start : match.end] == match.text
    assert [m.id for m in book.find(text)] == ["TUR", "P:volodymyr-zelenskyy", "TUR"]
