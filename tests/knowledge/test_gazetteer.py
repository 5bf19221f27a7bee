"""The gazetteer: names to places, folded names, a broken table."""

from __future__ import annotations

import gzip

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.gazetteer import fold_name, load_gazetteer

FOLDED = [
    ("Al Ḩudaydah", "al hudaydah"),
    ("Sharm el-Sheikh", "sharm el sheikh"),
    ("N’Djamena", "ndjamena"),
    ("St. Petersburg", "saint petersburg"),
    ("U.S.", "us"),
    ("São Paulo", "sao paulo"),
]


@pytest.mark.parametrize(("name", "folded"), FOLDED)
def test_fold_name(name, folded):
    assert fold_name(name) == folded


FOUND = [
    ("Kiev", "Kyiv", "UKR"), ("Raqqa", "Ar Raqqah", "SYR"), ("Crimea", "Crimea", "UKR"),
    ("Taiwan Strait", "Taiwan Strait", None), ("Bombay", "Mumbai", "IND"), ("Texas", "Texas", "USA"),
    ("Saigon", "Ho Chi Minh City", "VNM"), ("Britain", "United Kingdom", "GBR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place", "country"), FOUND)
def test_lookup(name, place, country):
    found = [(c.place.name, c.place.country) for c in load_gazetteer().lookup(name)]
    assert (place, country) in found


@pytest.mark.parametrize("name", ["March", "Congress", "Gondor", "Friday", ""])
def test_what_is_not_in_it(name):
    assert name not in load_gazetteer()
    assert load_gazetteer().lookup(name) == []


def test_demonyms():
    assert load_gazetteer().country_of_demonym("Lebanese") == "LBN"
    assert load_gazetteer().country_of_demonym("Gondorian") is None


def test_coordinates_are_on_earth():
    gazetteer = load_gazetteer()
    for name in ("Paris", "Fiji", "South China Sea", "Quito", "Xinjiang", "Russia"):
        for candidate in gazetteer.lookup(name):
            assert -90 <= candidate.place.latitude <= 90
            assert -180 <= candidate.place.longitude <= 180


def test_a_broken_table_is_refused(tmp_path):
    path = tmp_path / "places.tsv.gz"
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_gazetteer(path)
    path.write_bytes(gzip.compress(b"not a table"))
    with pytest.raises(KnowledgeError, match="not a table of places"):
        load_gazetteer(path)
