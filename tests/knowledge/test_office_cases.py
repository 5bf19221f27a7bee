"""Two hundred dated cases of offices, on all continents: who held them then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.names import fold

CASES = Path(__file__).with_name("office_cases.txt")
LEAST = 0.98


def cases() -> list[tuple[str, str, dt.date, str]]:
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, office, *days = line.split()
            for day in days:
                on, _, surname = day.partition("=")
                found.append((country, office, dt.date.fromisoformat(on), surname))
    return found


def test_the_holder_of_an_office_follows_the_day():
    book = load_actors()
    wrong = []
    for country, office, on, surname in cases():
        holder = book.holder(country, office, on)
        name = fold(getattr(holder, "name", "") or "").replace("-", " ")
        if fold(surname).replace("-", " ") not in name:
            wrong.append(f"{country} {office} {on}: {name or 'nobody'}, not {surname}")
    count = len(cases())
    assert count >= 200
    assert len(wrong) <= (1 - LEAST) * count, "\n".join(wrong)
