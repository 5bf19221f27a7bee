"""What is worked out once of a spelling."""

from __future__ import annotations

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.name_facts import NameFacts
from dragoman.knowledge.names import Surface


@pytest.fixture(scope="module")
def book():
    return load_actors()


# A name of the tables and which properties it has.
FACTS = [
    ("France", {"is_state"}),
    ("Berlin", {"is_state", "is_capital"}),
    ("NATO", {"has_tests", "is_abbreviated"}),
    ("SDF", {"has_tests", "is_abbreviated", "is_shared"}),
    ("Vladimir Putin", {"has_tests"}),
]
FLAGS = ("has_tests", "is_abbreviated", "is_blocked", "is_capital", "is_shared", "is_state", "is_surname")


@pytest.mark.parametrize(("name", "wanted"), FACTS)
def test_the_properties_of_a_spelling(book, name, wanted):
    (hit,) = [hit for hit in book.names.hits(name) if hit.end - hit.start == len(name)]
    facts = NameFacts(hit.surfaces, book.entries)
    assert {flag for flag in FLAGS if getattr(facts, flag)} == wanted


def test_a_surname_is_no_state(book):
    facts = NameFacts((Surface("Fra", "surname", "FRA"),), book.entries)
    assert facts.is_surname
    assert not facts.is_state


def test_a_name_means_another_actor_on_another_day(book):
    import datetime as dt

    text = "Joe Biden spoke."
    sectors = [book.find(text, on=dt.date(year, 6, 1))[0].sector for year in (2022, 2025, 2022)]
    assert sectors == ["GOV", "ELI", "GOV"]


def test_the_sector_of_a_group_follows_the_day(book):
    """A meaning is kept for one day: asked for another and again for the first, it is right each time."""
    import datetime as dt

    group = next(e for e in book.entries.values() if len({s for _, s in e.sectors}) > 1 and e.sectors[-1][0])
    begins = group.sectors[-1][0]
    days = [begins, begins - dt.timedelta(days=1), begins]
    found = [
        [m.sector for m in book.find(f"We saw {group.name}.", on=day) if m.id == group.id] for day in days
    ]
    assert found == [[group.sector_on(day)] for day in days]
