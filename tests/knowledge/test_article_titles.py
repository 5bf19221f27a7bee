"""Titles of articles and the actors they are about."""

from __future__ import annotations

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.article_titles import ArticleTitles, load_article_titles

STATES, PERSONS, BODIES = "states", "persons in office", "organisations and armed groups"

TITLES = [
    ("Ukraine", "Ukraine", ("UKR", STATES, None)),
    ("Georgia (country)", "Georgia", ("GEO", STATES, None)),
    ("Government of Norway", "Norwegian", ("NOR", STATES, None)),
    ("Nigerian Army", "Nigerian soldiers", ("NGA", STATES, None)),
    ("Nigerian Army", "army", None),
    ("Kenya Police", "Police", None),
    ("Volodymyr Zelenskyy", "Zelensky", ("P:volodymyr-zelenskyy", PERSONS, None)),
    ("Xi Jinping", "the president", None),
    ("NATO", "the alliance", None),
    ("Hamas", "Hamas", ("HAMAS", BODIES, None)),
    ("Al-Shabaab (militant group)", "al-Shabaab", ("SHABAAB", BODIES, None)),
    ("Republican Party (United States)", "Republicans", ("USREP", BODIES, None)),
    ("United States Senate", "Senate", ("USSEN", BODIES, "USA")),
    ("UNRWA", "relief agency UNRWA", ("UNRWA", BODIES, "UNO")),
    ("Islamic State in Somalia", "Islamic State", ("ISISSOM", BODIES, "ISIS")),
    ("Taliban", "Taliban", ("TALIBAN", BODIES, "AFG")),
    ("Congress (Mexico)", "Congress", None),
    ("Democratic Party (United States)", "Democratic Party", ("USDEM", BODIES, None)),
    ("Rubble", "Rubble", None),
    ("Mars", "Mars", None),
]


@pytest.fixture(scope="module")
def titles() -> ArticleTitles:
    return load_article_titles(load_actors())


@pytest.mark.parametrize(("title", "words", "wanted"), TITLES)
def test_the_actor_of_a_title(titles: ArticleTitles, title: str, words: str, wanted: tuple | None) -> None:
    found = titles.actor(title, words)
    assert (None if found is None else tuple(found)) == wanted
