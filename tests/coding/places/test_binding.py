"""Which place of a sentence an act was done at."""

from __future__ import annotations

import pytest

from dragoman.coding.places.binding import bind
from dragoman.coding.places.extraction import find_places

pytestmark = pytest.mark.pipeline

# The act in brackets, its place.
BOUND = [
    ("Russia [bombed] rebels in Homs.", "Homs"),
    ("Russia [bombed] rebels in Homs in Syria.", "Homs"),
    ("In Homs, Russia [bombed] rebels.", "Homs"),
    ("Russia [shelled] Kharkiv.", "Kharkiv"),
    ("France said in Vienna that Russia had [bombed] rebels.", None),
    ("France condemned the [attack] in Homs.", "Homs"),
    ("France [condemned] the attack in Homs.", None),
    ("The leaders met in Geneva to [sign] a treaty.", "Geneva"),
    ("Russia [withdrew] its troops from Homs.", "Homs"),
    ("The leaders met in Geneva. Russia [bombed] rebels.", None),
    ("Russia [bombed] the rebels on Monday, and France spoke in Vienna.", None),
    ("Russia [attacked] France.", None),
]


@pytest.mark.parametrize(("text", "name"), BOUND)
def test_the_place_of_an_act(reading, text, name):
    found = reading(text)
    doc = found.annotated.doc
    places = [place for place in find_places(found.annotated) if place.position != "dateline"]
    place = bind(found.word, doc, places)
    assert (place and place.place.text) == name
