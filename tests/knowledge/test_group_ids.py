"""Ids of groups without a name of their own."""

from __future__ import annotations

import pytest

from dragoman.knowledge.group_ids import group_id, singular_of


@pytest.mark.parametrize(
    ("country", "sector", "noun", "wanted"),
    [
        ("GON", "MIL", "soldiers", "GON:MIL"),
        ("GON", None, "cities", "GON"),
        (None, "MIL", "Soldiers", "G:MIL:soldier"),
        (None, None, "things", "UNK"),
    ],
)
def test_an_id_holds_country_and_sector_else_the_noun(country, sector, noun, wanted):
    assert group_id(country, sector, noun) == wanted


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [
        ("gunmen", "gunman"),
        ("people", "person"),
        ("authorities", "authority"),
        ("witnesses", "witness"),
        ("judges", "judge"),
        ("police", "police"),
        ("boss", "boss"),
    ],
)
def test_one_word_stands_for_singular_and_plural(noun, wanted):
    assert singular_of(noun) == wanted
