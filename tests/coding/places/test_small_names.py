"""Small places: when their names count, and which place of the name is meant."""

from __future__ import annotations

import pytest

from dragoman.coding.places.extraction import GazetteerNames, find_places
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()
    return lambda text, publisher=None: next(
        iter(annotate(nlp, [Document(id="t", text=text, publisher=publisher)]))
    )


# Text, name as written, country, roughly its latitude.
SMALL = [
    ("Gunmen killed two men in Springfield, Ohio.", "Springfield", "USA", 39.9),
    ("Crowds met in Santo Domingo, Ecuador.", "Santo Domingo", "ECU", -0.25),
    ("A plane came down in Most, Czech Republic.", "Most", "CZE", 50.5),
    ("A depot burned in the village of Shap, England.", "Shap", "GBR", 54.5),
    ("Militants stormed a post in Swat District in Pakistan.", "Swat", "PAK", 34.8),
    ("Protesters gathered in Epping, Essex.", "Epping", "GBR", 51.7),
    ("Gunmen killed a mayor in Ayungon, Negros Oriental.", "Ayungon", "PHL", 9.9),
    ("Shells fell near the Zamzam Refugee Camp in Sudan.", "Zamzam Refugee Camp", "SDN", 13.5),
    ("Miners were rescued in Mpumalanga, South Africa.", "Mpumalanga", "ZAF", -25.5),
    ("Six men died in Puebla, Mexico.", "Puebla", "MEX", 19.0),
    ("Rain fell on the outskirts of Homs in Syria.", "Homs", "SYR", 34.7),
]


@pytest.mark.parametrize(("text", "name", "country", "latitude"), SMALL)
def test_a_small_place_is_found(read, text, name, country, latitude):
    found = [f.place for f in find_places(read(text)) if f.place.text.startswith(name)]
    assert found, "not found"
    assert found[0].country == country
    assert found[0].latitude == pytest.approx(latitude, abs=0.6)


HELD_BACK = [
    "The king trusts in Shap.",
    "Shares fell in Most on Friday.",
    "Arnor sent the minister Maria Ayungon home. Then it looked for a fault in Ayungon.",
]


@pytest.mark.parametrize("text", HELD_BACK)
def test_names_that_may_be_anything_are_held_back(read, text):
    assert find_places(read(text)) == []


def test_the_publisher_speaks_for_its_country(read):
    text = "Rain fell in San Pedro."
    assert "ARG" in {f.place.country for f in find_places(read(text, "The Argentine Post"))}


def test_small_places_are_no_parties(read):
    names = GazetteerNames(read("Ayungon burned. Syria sent help."))
    assert [country for _, country in names.countries()] == ["SYR"]


# How exactly the name in brackets is told.
GRADES = [
    ("Rain fell in [Homs].", "exact"),
    ("Rain fell near [Homs].", "town"),
    ("Rain fell in a village outside the city of [Homs].", "town"),
    ("Rain fell at [Heathrow Airport].", "exact"),
    ("Rain fell near [Heathrow Airport].", "exact"),
    ("Rain fell in [Idlib province].", "region"),
    ("Rain fell in [Talladega] County, Alabama.", "town"),
    ("Rain fell in the [Black Sea].", "region"),
    ("Rain fell in [Syria].", "country"),
]


@pytest.mark.parametrize(("text", "precision"), GRADES)
def test_how_exactly_a_place_is_told(read, text, precision):
    begin = text.index("[")
    found = [
        f.place for f in find_places(read(text.replace("[", "").replace("]", ""))) if f.place.start == begin
    ]
    assert [place.precision for place in found] == [precision]
