"""Ways to write a name: other alphabets, particles, surname first."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.offices import Person, Tenure
from dragoman.knowledge.spellings import load_spellings

FILE = """\
words: [[yuri, iurii, yury]]
endings: [[sky, skyy, skii]]
surnames: [[bardov, bardoff]]
reversed: [JPN]
particles: [Van, der]
"""


@pytest.fixture
def spellings(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(FILE, "utf-8")
    return load_spellings(path)


def _person(name: str, surname: str | None, country: str = "ARN") -> Person:
    tenure = Tenure(country=country, office="HOG", start=dt.date(2020, 1, 1), end=None)
    return Person(id="P:x", name=name, names=(name,), surname=surname, tenures=(tenure,))


NAMES = [
    ("Yuri Tor", "Tor", "ARN", {"Iurii Tor", "Yury Tor"}),
    ("Ann Bardov", "Bardov", "ARN", {"Ann Bardoff"}),
    ("Ann Lebensky", "Lebensky", "ARN", {"Ann Lebenskyy", "Ann Lebenskii"}),
    ("Ann Van der Tor", "Tor", "ARN", {"Ann van der Tor"}),
    ("Ann Tor", "Tor", "ARN", set()),
    ("Tor", "Tor", "JPN", set()),
    ("Ann Tor", "Tor", "JPN", {"Tor Ann"}),
    ("Tor Ann", "Tor", "JPN", {"Ann Tor"}),
]


@pytest.mark.parametrize(("name", "surname", "country", "others"), NAMES)
def test_other_ways_to_write_a_name(spellings, name, surname, country, others):
    assert spellings.names_of(_person(name, surname, country)) == others


def test_other_ways_to_write_a_surname(spellings):
    assert spellings.surnames_of(_person("Ann Bardov", "Bardov")) == {"Bardov", "Bardoff"}
    assert spellings.surnames_of(_person("Ann Lebensky", "Lebensky")) == {
        "Lebensky",
        "Lebenskyy",
        "Lebenskii",
    }
    assert spellings.surnames_of(_person("Ann", None)) == set()


def test_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("particle: [van]\n", "utf-8")
    with pytest.raises(KnowledgeError, match="unknown key 'particle'"):
        load_spellings(path)
