"""The table of small places: searched in halves, names held back, a broken table."""

from __future__ import annotations

import gzip

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.small_places import load_small_places

TABLE = """# head

Bree\ttown\tARN\tEriador\t1.000\t2.000\t1200\t7
Staddle\ttown\tARN\tEriador\t1.100\t2.100\t900\t8

bree\t!0
little staddle\t~1
staddle\t1 ~0
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "small.tsv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    return load_small_places(path)


def test_lookup(table):
    found = table.lookup("Staddle")
    assert [(c.place.name, c.place.country, c.is_own_name) for c in found.candidates] == [
        ("Staddle", "ARN", True), ("Bree", "ARN", False)
    ]  # fmt: skip
    assert not found.is_held_back
    assert len(table) == 2


def test_words_are_held_back(table):
    assert table.lookup("BREE").is_held_back


@pytest.mark.parametrize("name", ["", "Stad", "Staddle Hill", "Archet", "Zzz", "Aaa"])
def test_what_is_not_in_it(table, name):
    assert table.lookup(name) is None


def test_first_words(table):
    assert [table.may_begin(word) for word in ("Little", "Staddle", "Stad", "Zzz")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_table_of_the_package_covers_small_towns():
    small = load_small_places()
    assert len(small) > 150_000
    for name, country in [("Shostka", "UKR"), ("Safira", "SYR"), ("Kakuma", "KEN"), ("Rafah Crossing", None)]:
        known = small.lookup(name)
        assert known is None or country in [c.place.country for c in known.candidates], name


def test_a_broken_table_is_refused(tmp_path):
    path = tmp_path / "small.tsv.gz"
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_small_places(path)
    path.write_bytes(gzip.compress(b"not a table"))
    with pytest.raises(KnowledgeError, match="not a table of small places"):
        load_small_places(path)
