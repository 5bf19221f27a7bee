"""Places: same-named towns told apart, locative position, and which place is an event's."""

from __future__ import annotations

import pytest

from dragoman.coding.places.extraction import find_places, place_of
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()
    return lambda text: next(iter(annotate(nlp, [Document(id="t", text=text)])))


# Text, the name as written, the country meant, roughly its latitude.
SAME_NAMES = [
    ("A fire broke out in Paris, Texas.", "Paris", "USA", 33.7),
    ("The envoys met in Paris on Friday.", "Paris", "FRA", 48.9),
    ("Arnor's envoy met the rebels in Tripoli in Lebanon.", "Tripoli", "LBN", 34.4),
    ("Clashes broke out in Tripoli, Lebanon.", "Tripoli", "LBN", 34.4),
    ("Clashes broke out in the Lebanese city of Tripoli.", "Tripoli", "LBN", 34.4),
    ("Militias clashed in Tripoli.", "Tripoli", "LBY", 32.9),
    ("They met in London, Ontario.", "London", "CAN", 43.0),
    ("Canada's prime minister spoke in London.", "London", "GBR", 51.5),
    ("Police shot a man in Birmingham, Alabama.", "Birmingham", "USA", 33.5),
    ("Police shot a man in Birmingham.", "Birmingham", "GBR", 52.5),
    ("Shells fell in the Ukrainian city of Donetsk.", "Donetsk", "UKR", 48.0),
    ("A blast hit a bridge in Saint Petersburg, Florida.", "Saint Petersburg", "USA", 27.8),
    ("The leaders met in St. Petersburg.", "St. Petersburg", "RUS", 59.9),
    ("Troops entered the city of Valencia in Venezuela.", "Valencia", "VEN", 10.2),
    ("Floods killed 20 people in Valencia, Spain.", "Valencia", "ESP", 39.5),
    ("Rioters burned cars in Cordoba, Argentina.", "Cordoba", "ARG", -31.4),
    ("A court in Santiago jailed the general.", "Santiago", "CHL", -33.5),
    ("The army took power in San Jose, Costa Rica.", "San Jose", "CRI", 9.9),
    ("Workers marched in San Jose, California.", "San Jose", "USA", 37.3),
    ("A bomb exploded in Hyderabad, Pakistan.", "Hyderabad", "PAK", 25.4),
    ("A bomb exploded in the Indian city of Hyderabad.", "Hyderabad", "IND", 17.4),
    ("A bomb exploded in Victoria, Seychelles.", "Victoria", "SYC", -4.6),
    ("Protesters gathered in Georgetown, Guyana.", "Georgetown", "GUY", 6.8),
    ("Protesters gathered in Barcelona, Venezuela.", "Barcelona", "VEN", 10.1),
    ("Protesters gathered in Barcelona.", "Barcelona", "ESP", 41.4),
    ("The talks were held in Vienna, Austria's capital.", "Vienna", "AUT", 48.2),
    ("A gunman opened fire in Athens, Georgia.", "Athens", "USA", 34.0),
    ("The finance ministers met in Athens.", "Athens", "GRC", 38.0),
    ("Settlers clashed with villagers in Bethlehem.", "Bethlehem", "PSE", 31.7),
    ("A strike closed the plant in Bethlehem, Pennsylvania.", "Bethlehem", "USA", 40.6),
    ("Gunmen killed nine people in Guadalajara, Mexico.", "Guadalajara", "MEX", 20.7),
    ("Villagers fled to camps near Merida in Venezuela.", "Merida", "VEN", 8.6),
    ("Rebels shelled the Syrian port of Tartus.", "Tartus", "SYR", 34.9),
    ("A blast struck a mosque in Kandahar.", "Kandahar", "AFG", 31.6),
    ("Jordan's army fired on smugglers in Mafraq.", "Mafraq", "JOR", 32.3),
    ("The army chief of Sudan spoke in Kassala.", "Kassala", "SDN", 15.5),
    ("The patriarch spoke in Alexandria, Egypt.", "Alexandria", "EGY", 31.2),
    ("Police shot two men in Kansas City, Kan., on Friday.", "Kansas City", "USA", 39.1),
    ("A trial opened in Alexandria, Virginia.", "Alexandria", "USA", 38.8),
    ("The rebels took Bukavu, and shells fell in Goma.", "Goma", "COD", -1.7),
    ("They fought in Melbourne, Florida.", "Melbourne", "USA", 28.1),
    ("Ministers met in Wellington.", "Wellington", "NZL", -41.3),
    ("A ferry sank off Kingston, Jamaica.", "Kingston", "JAM", 18.0),
    ("Tbilisi is in Georgia, and police in Georgia beat marchers.", "Georgia", "GEO", 42.0),
    ("The governor spoke in the U.S. state of Georgia.", "Georgia", "USA", 33.0),
]


@pytest.mark.parametrize(("text", "name", "country", "latitude"), SAME_NAMES)
def test_towns_of_one_name_are_told_apart(read, text, name, country, latitude):
    found = [f.place for f in find_places(read(text)) if f.place.text == name]
    assert found, "not found"
    assert found[0].country == country
    assert found[0].latitude == pytest.approx(latitude, abs=1.5)
    assert text[found[0].start : found[0].end] == name


# Places of the news that a list of towns does not hold.
NEWS_PLACES = [
    ("Police held thousands in Xinjiang.", "Xinjiang", "CHN"),
    ("Troops landed in Crimea.", "Crimea", "UKR"),
    ("Shells fell across the Donbas.", "Donbas", "UKR"),
    ("Aid ran out in the Gaza Strip.", "Gaza Strip", "PSE"),
    ("Settlers burned cars in the West Bank.", "West Bank", "PSE"),
    ("Two ships collided in the South China Sea.", "South China Sea", None),
    ("A tanker was seized in the Strait of Hormuz.", "Strait of Hormuz", None),
    ("Jets crossed into the Taiwan Strait.", "Taiwan Strait", None),
    ("Militants struck in Kashmir.", "Kashmir", None),
    ("Jets bombed rebels in Idlib province.", "Idlib", "SYR"),
    ("Famine spread in Tigray.", "Tigray", "ETH"),
    ("Jihadists gained ground across the Sahel.", "Sahel", None),
    ("Fighting broke out near Nagorno-Karabakh.", "Nagorno-Karabakh", "AZE"),
    ("Pirates struck in the Gulf of Aden.", "Gulf of Aden", None),
    ("They fought in eastern Ukraine.", "Ukraine", "UKR"),
]


@pytest.mark.parametrize(("text", "name", "country"), NEWS_PLACES)
def test_places_of_the_news(read, text, name, country):
    (found,) = find_places(read(text))
    assert (found.place.name, found.place.country) == (name, country)
    assert found.place.latitude is not None


NOT_PLACES = [
    "Ukraine accused Russia of shelling a school.",
    "China and Russia signed a treaty.",
    "Beijing said Moscow was right.",
    "Interest in Russia's proposal grew.",
    "Arnor believes in Ukraine talks.",
    "The plan was drawn up in March.",
    "The deal angered Paris Hilton.",
    "Arnor trusts in Gondor.",
    "The king was disappointed in China.",
]


@pytest.mark.parametrize("text", NOT_PLACES)
def test_actors_and_other_names_are_no_places(read, text):
    assert find_places(read(text)) == []


BOUND = [
    ("Arnor signed a deal with Gondor in Geneva to end the war in Ukraine.", "signed", "Geneva"),
    ("The kings met in Minsk to sign a truce.", "sign", "Minsk"),
    ("The king said in Vienna that Arnor had bombed Homs.", "bombed", "Homs"),
    ("The king said in Vienna that Arnor had attacked Gondor.", "attacked", None),
    ("The king said in Vienna that Arnor had bombed villages in Syria.", "bombed", "Syria"),
    ("Gondor condemned the attack in Idlib.", "condemned", None),
    ("Gondor condemned the attack in Idlib.", "attack", "Idlib"),
    ("Arnor withdrew its troops from northern Mali.", "withdrew", "Mali"),
    ("The king visited Beijing on Friday.", "visited", "Beijing"),
    ("Arnor bombed targets near the Syrian city of Homs.", "bombed", "Homs"),
    ("BEIRUT, Lebanon (AP) — Arnor's army killed two men.", "killed", None),
    ("Gondor, which lost ships in the Black Sea, rejected the offer.", "rejected", None),
    ("Gondor, which lost ships in the Black Sea, rejected the offer.", "lost", "Black Sea"),
]


@pytest.mark.parametrize(("text", "trigger", "name"), BOUND)
def test_the_place_of_an_event(read, text, trigger, name):
    annotated = read(text)
    token = next(t for t in annotated.doc if t.text == trigger)
    place = place_of(token, annotated, find_places(annotated))
    assert (place.name if place else None) == name


def test_a_town_that_is_said_to_be_elsewhere_lies_there(read):
    found = find_places(read("The girls were freed in Homs, a town in northeast Nigeria."))
    assert [(f.place.name, f.place.country, f.place.geonames_id) for f in found] == [("Homs", "NGA", None)]


def test_a_name_means_one_place_in_one_report(read):
    found = find_places(read("Crowds met in Pasadena, California. Police shot a man in Pasadena on Monday."))
    assert [round(f.place.latitude) for f in found] == [34, 34]


def test_a_dateline_is_found_but_is_no_ones_place(read):
    found = find_places(read("KYIV, Ukraine (AP) — Arnor's army killed two men."))
    assert [(f.place.name, f.position) for f in found] == [("Kyiv", "dateline")]
