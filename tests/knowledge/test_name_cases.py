"""Names in running text and whom they mean, one line each; written before they were first run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors

FOLDER = Path(__file__).parent


def cases_of(name: str) -> list[tuple[str, ...]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors()


@pytest.mark.parametrize("case", cases_of("name_cases.txt"), ids=lambda case: f"{case[0]}-{case[1]}")
def test_names_mean_these_actors(book: ActorBook, case: tuple[str, ...]) -> None:
    _, text, day, wanted = case
    on = None if day == "-" else dt.date.fromisoformat(day)
    assert [match.id for match in book.find(text, on=on)] == wanted.replace("-", "", wanted == "-").split()
