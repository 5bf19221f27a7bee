"""Phrases of thirteen kinds, written before the resolver was run on them: how many fields are right."""

from __future__ import annotations

from pathlib import Path

from dragoman.knowledge.actors import load_actors

LINES = (Path(__file__).parent / "kind_cases.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split(" | ")) for line in LINES if not line.startswith("#")]
# Of 322 fields.
FEWEST_RIGHT = 316


def _fits(given: str, wanted: str) -> bool:
    return wanted == "*" or given in wanted.replace("-", "").split("|")


def test_country_and_sector_of_phrases_of_every_kind():
    book = load_actors()
    given = [(case, book.code(case[0])) for case in CASES]
    wrong = [(case, code) for case, code in given for at in (0, 1) if not _fits(code[at], case[at + 1])]
    assert len(CASES) == 161
    assert 2 * len(CASES) - len(wrong) >= FEWEST_RIGHT, wrong
