"""Place names in a text, and which place of that name is meant."""

from __future__ import annotations

import pytest

from dragoman.coding.places.names import Context, names_in
from dragoman.knowledge.gazetteer import load_gazetteer

pytestmark = pytest.mark.pipeline


def names_of(found):
    doc = found.annotated.doc
    names = names_in(doc, found.annotated.document.text, load_gazetteer())
    return names, Context(doc, names, load_gazetteer())


NAMES = [
    ("Rain fell in Homs.", ["Homs"]),
    ("Rain fell in New York.", ["New York"]),
    ("Rain fell in Paris, Texas.", ["Paris", "Texas"]),
    ("Rain fell in the South China Sea.", ["South China Sea"]),
    ("Rain fell in the hills.", []),
    ("Rain fell in Homs and Hama.", ["Homs", "Hama"]),
    ("The reading was late.", []),
]


@pytest.mark.parametrize(("text", "words"), NAMES)
def test_the_longest_names(reading, text, words):
    found = reading(text)
    names, _ = names_of(found)
    assert [found.annotated.doc[name.first : name.last + 1].text for name in names] == words


# The name in brackets, its country, whether the text says nothing we know of.
CHOSEN = [
    ("Rain fell in [Paris], Texas.", "USA"),
    ("Rain fell in [Paris].", "FRA"),
    ("Rain fell in the Lebanese city of [Tripoli].", "LBN"),
    ("Militias clashed in [Tripoli].", "LBY"),
    ("Lebanon's [Tripoli] burned.", "LBN"),
    ("Rain fell in [Tripoli], Lebanon. Snow fell there too.", "LBN"),
    ("Rain fell in Tripoli, Lebanon. Snow fell in [Tripoli].", "LBN"),
    ("Rain fell in [Banki], a town in Nigeria.", None),
    ("Rain fell in [Homs] county.", None),
]


@pytest.mark.parametrize(("text", "country"), CHOSEN)
def test_the_place_that_is_meant(reading, text, country):
    found = reading(text)
    names, context = names_of(found)
    place = context.choose(next(name for name in names if name.first == found.word.i))
    assert (place and place.country) == country


def test_what_a_place_lies_in_is_no_second_place(reading):
    names, context = names_of(reading("Rain fell in Tripoli, Lebanon."))
    container = context.containers.container_of(names[0], context.choose(names[0]))
    assert container == names[1]
    apart, other = names_of(reading("Rain fell in Paris and Homs."))
    assert other.containers.container_of(apart[0], other.choose(apart[0])) is None
