"""Places that no table has, located by what the text says they lie in."""

from __future__ import annotations

import pytest

from dragoman.coding.places.extraction import find_places
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()
    return lambda text: next(iter(annotate(nlp, [Document(id="t", text=text)])))


# Text, name as found, country, precision.
UNLISTED = [
    ("Gunmen killed two men in Zorvakhan, Kenya.", "Zorvakhan", "KEN", "country"),
    ("Gunmen killed two men in Zorvakhan, Plateau State, Nigeria.", "Zorvakhan", "NGA", "region"),
    ("Gunmen killed two men in Zorvakhan, Velmora County, Kenya.", "Zorvakhan", "KEN", "country"),
    ("Troops dug in near Zorvakhan in North Kivu, Congo.", "Zorvakhan", "COD", "region"),
    ("Shells hit a ward at Zorva Memorial Hospital in Homs.", "Zorva Memorial Hospital", "SYR", "exact"),
    ("Shells hit a ward at Zorva Memorial Hospital, Syria.", "Zorva Memorial Hospital", "SYR", "country"),
    ("A bomb went off at the University of Zorva in Kabul.", "University of Zorva", "AFG", "exact"),
    ("Two men died at Zorva refugee camp in Amman, Jordan.", "Zorva refugee camp", "JOR", "exact"),
    ("A fire broke out at Homs railway station in Syria.", "Homs railway station", "SYR", "country"),
    ("A train derailed in Zorva-dong, Seoul, South Korea.", "Zorva-dong", "KOR", "exact"),
    ("A bus overturned in Zorva im Velgau, Austria.", "Zorva im Velgau", "AUT", "country"),
    ("The girls were freed in Homs, a town in northeast Nigeria.", "Homs", "NGA", "country"),
    ("A man drowned near Zorva Falls on the island of Sicily.", "Zorva Falls", "ITA", "region"),
]


@pytest.mark.parametrize(("text", "name", "country", "precision"), UNLISTED)
def test_a_place_of_no_table_lies_where_the_text_says(read, text, name, country, precision):
    found = next((f.place for f in find_places(read(text)) if f.place.name == name), None)
    assert found is not None, "not found"
    assert (found.country, found.precision) == (country, precision)
    assert found.geonames_id is None
    assert found.latitude is not None
    assert text[found.start : found.end] == name


NOT_UNLISTED = [
    # Who speaks is no container.
    ("Shells hit a ward at Zorva Memorial Hospital, Syria said on Monday.", []),
    ("The minister believes in Zorvakhan.", []),
    ("Shares fell in March, Kenya said.", []),
    # Whose consulate it is does not make a name.
    ("Youths threw bottles at the Russian consulate in Marseille.", ["Marseille"]),
    ("Rain fell in Homs district, Syria.", ["Homs"]),
    ("Rain fell in Zorvakhan.", []),
    # Whose base it is is no part of its name, and the name alone says not where it is.
    ("A plane landed at the U.S. Zorva Air Base in Qatar.", ["Qatar"]),
]


@pytest.mark.parametrize(("text", "names"), NOT_UNLISTED)
def test_other_names_stay_what_they_were(read, text, names):
    assert [f.place.text.removesuffix(" district") for f in find_places(read(text))] == names


def test_a_town_stays_a_place_beside_its_site(read):
    found = find_places(read("Shells hit a ward at Zorva Memorial Hospital in Homs."))
    assert [f.place.name for f in found] == ["Zorva Memorial Hospital", "Homs"]
    assert found[0].place.latitude == found[1].place.latitude
