"""Names that stand in no list: persons and bodies, with what the words around them say."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

# The name in brackets: id, kind, country, sector.
UNKNOWN = [
    ("Peter [Holm] left.", "P:peter-holm", "person", None, None),
    ("The Arnorian general Peter [Holm] left.", "P:peter-holm", "person", "ARN", "MIL"),
    ("Peter [Holm], a lawmaker from Arnor, left.", "P:peter-holm", "person", "ARN", "LEG"),
    ("Peter Holm of Arnor spoke. [Holm] left.", "P:peter-holm", "person", "ARN", None),
    ("Arnorian minister [Holm] left.", "P:holm", "person", "ARN", "GOV"),
    ("Daniel [Brown], who lives in Dale, left.", "P:daniel-brown", "person", None, None),
]


@pytest.mark.parametrize(("text", "id", "kind", "country", "sector"), UNKNOWN)
def test_a_name_in_no_list(reading, text, id, kind, country, sector):
    found = reading(text)
    (ref,) = found.parties.resolve(found.word, include_possessors=False)
    assert (ref.id, ref.kind, ref.country, ref.sector) == (id, kind, country, sector)


NOBODY = [
    "The Security [Bill] passed.",
    "The Peace [Treaty] failed.",
    "They met on [Tuesday].",
    "[Holm] left.",
    "The Nobel [Prize] was given.",
    "The Winter [Games] began.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_nobody(reading, text):
    found = reading(text)
    assert found.parties.resolve(found.word, include_possessors=False) == ()


TOWNS = [
    ("Rockets hit [Haifa] in Israel.", "ISR"),
    ("Russia shelled [Kharkiv].", "UKR"),
    ("Rain fell in [Nowhereville].", None),
    ("Mayor [Haifa] left.", None),
    ("Peter [Haifa] left Israel.", None),
    ("Rockets hit [Israel].", None),
    ("The [town] fell.", None),
]


@pytest.mark.parametrize(("text", "country"), TOWNS)
def test_a_town_stands_for_its_country(reading, text, country):
    found = reading(text)
    assert [ref.country for ref in found.parties.town(found.word)] == ([country] if country else [])
