"""What a text says a place lies in."""

from __future__ import annotations

import pytest

from dragoman.coding.places.containers import is_near, labels_of
from dragoman.coding.places.extraction import GazetteerNames, find_places
from dragoman.knowledge.gazetteer import GazetteerPlace
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()
    return lambda text: next(iter(annotate(nlp, [Document(id="t", text=text)])))


# Text, the first name's container right behind it, the one behind a name of no table.
BEHIND = [
    ("Shells fell in Homs, Syria.", "Syria", "Syria"),
    ("Shells fell in Homs in western Syria.", "Syria", "Syria"),
    ("Shells fell in Homs, Zorva County, Syria.", None, "Syria"),
    ("Shells fell in Homs and Damascus.", None, None),
    ("Shells fell in Punjab, Odisha and Assam.", None, None),
    ("Shells fell in Homs on Monday.", None, None),
]


@pytest.mark.parametrize(("text", "right_behind", "beyond"), BEHIND)
def test_the_container_behind_a_name(read, text, right_behind, beyond):
    names = GazetteerNames(read(text))
    containers, first = names.context.containers, names.all_names[0]
    found = [containers.after(first), containers.beyond(first)]
    written = [None if name is None else read(text).doc[name.first : name.last + 1].text for name in found]
    assert written == [right_behind, beyond]


# A known place, its region under another name than the table's, and its country.
IN_REGIONS = [
    ("Shells fell in Skegness, Lincolnshire, England.", "Skegness", "GBR"),
    ("Shells fell in Villahermosa, Tabasco, Mexico.", "Villahermosa", "MEX"),
    ("Shells fell in Mukachevo, Zakarpattia Oblast, Ukraine.", "Mukachevo", "UKR"),
    ("Shells fell in Bodrum, Muğla, Turkey.", "Bodrum", "TUR"),
    ("Shells fell in Mazar-i-Sharif, Balkh, Afghanistan.", "Mazar-i-Sharif", "AFG"),
    ("Shells fell in Deir ez-Zor Governorate, Syria.", "Deir ez-Zor", "SYR"),
    ("Shells fell in Santa Lucía Canton, Guayas Province, Ecuador.", "Santa Lucía", "ECU"),
    ("A tower burned in North Kensington, London.", "North Kensington", "GBR"),
    ("Two hikers died in the Central Eastern Alps, Austria.", "Central Eastern Alps", "AUT"),
    ("A bomb went off in Downtown Indianapolis.", "Indianapolis", "USA"),
    ("A satellite fell into the Indian Ocean west of Indonesia.", "Indian Ocean", None),
    ("Norway saw drones over Finnmark.", "Finnmark", "NOR"),
    ("A court met in Russian-occupied Donetsk.", "Donetsk", "UKR"),
    ("A ship sank off the coast of Upolu.", "Upolu", "WSM"),
    ("Snow fell across the Great Plains.", "Great Plains", "USA"),
]


@pytest.mark.parametrize(("text", "name", "country"), IN_REGIONS)
def test_a_region_of_another_name_is_no_other_place(read, text, name, country):
    found = [f.place for f in find_places(read(text)) if f.place.text.startswith(name)]
    assert [place.country for place in found] == [country]


def test_a_wide_region_reaches_only_places_of_no_known_region():
    region = GazetteerPlace("Texas", "province", "USA", "Texas", 30.5, -97.0, 1, None)
    place = GazetteerPlace("Starbase", "site", "USA", None, 26.0, -97.2, 1, None)
    assert is_near(region, place)
    assert not is_near(region, place._replace(admin="Tamaulipas"))
    assert not is_near(region, place._replace(latitude=10.0))


def test_a_town_gives_no_label(read):
    names = GazetteerNames(read("Shells fell in Homs, Syria."))
    assert [labels_of(name) for name in names.all_names][1] == {"SYR"}
