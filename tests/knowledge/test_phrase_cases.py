"""Phrases of news reports and whom they mean, written before they were first run; see the file of cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors

LINES = (Path(__file__).parent / "phrase_cases.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split(" | ")) if " | " in line else () for line in LINES if not line.startswith("#")]


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors()


def _fits(given: str, wanted: str) -> bool:
    return wanted == "*" or given in wanted.replace("-", "").split("|")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_phrase_means_this_country_and_sector(book: ActorBook, case: tuple[str, str, str]) -> None:
    phrase, country, sector = case
    given = book.code(phrase)
    assert _fits(given[0], country), given
    assert _fits(given[1], sector), given
