"""The rows that the views make of single sentences: what the words assert, and nothing else.

Each file in view_rows/ holds lines `sentences => row ; row`; its first line says how a row is written. "-":
no row may be made. "? row": the coder may miss it, but no other row may be made. "! row": known to come out
wrong. "*" in a row is not checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis.view_sources import Party
from dragoman.analysis.views import VIEWS, make_view
from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.record.store import StoredEvent

pytestmark = pytest.mark.pipeline

_FOLDER = Path(__file__).with_name("view_rows")
_DAY = dt.date(2022, 2, 9)
_FEWEST = 60


def _cases() -> list[Any]:
    found = []
    for view in VIEWS:
        lines = (_FOLDER / f"{view}.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line and not line.startswith("#"):
                sentence, _, expected = line.partition("=>")
                name = f"{view}:{number}"
                expected = expected.strip()
                marks = [pytest.mark.xfail(reason="known", strict=False)] if expected.startswith("!") else []
                case = (view, sentence.strip(), expected.removeprefix("!").strip())
                found.append(pytest.param(*case, id=name, marks=marks))
    return found


def _ids(parties: Iterable[Party]) -> str:
    return ",".join(sorted(party.id for party in parties))


def _pair(actors: Iterable[Party], recipients: Iterable[Party], *more: str) -> str:
    return " ".join(filter(None, (_ids(actors), ">", _ids(recipients), *more)))


_ROWS: dict[str, Callable[[Any], str]] = {
    "positions": lambda row: f"{row.actor.id} {row.stance} {row.issue or '~'}",
    "pledges": lambda row: ("not " if row.is_negative else "") + _pair(row.actors, row.recipients),
    "demands": lambda row: _pair(row.actors, row.recipients),
    "deals": lambda row: f"{_ids({*row.actors, *row.recipients})} {row.stage}",
    "disputes": lambda row: _pair(row.accusers, row.accused, "denied" if row.accusations else "alone"),
    "warnings": lambda row: _pair(row.actors, row.recipients, "own" if row.is_own_threat else "says"),
    "sanctions": lambda row: _pair(row.actors, row.recipients, row.stage),
    "mediation": lambda row: _pair(row.actors, row.recipients, row.stage),
}


def _fits(row: str, wanted: str) -> bool:
    """Compare two rows word by word; parties in any order, a star for anything, also for none."""
    if "*" not in wanted:
        return row.split() == [_ordered(word) for word in wanted.split()]
    parts, stars = row.split(), wanted.split()
    if len(parts) == len(stars) - 1 and ">" in parts:
        parts.insert(parts.index(">") + (1 if stars[stars.index(">") + 1] == "*" else 0), "*")
    return len(parts) == len(stars) and all(
        star == "*"
        or _ordered(star) == part
        or ("*" in star and set(star.split(",")) - {"*"} <= {*part.split(",")})
        for part, star in zip(parts, stars, strict=True)
    )


def _ordered(word: str) -> str:
    return ",".join(sorted(word.split(",")))


def _rows(coder: Coder, view: str, text: str) -> list[str]:
    document = Document(id="d", text=text, published_on=_DAY)
    events = [
        StoredEvent(document_id="d", published_on=_DAY, publisher=None, event=event)
        for event in coder.code_document(document).events
    ]
    return [_ROWS[view](row) for row in make_view(view, events)]


@pytest.mark.parametrize(("view", "text", "expected"), _cases())
def test_rows(coder: Coder, view: str, text: str, expected: str) -> None:
    may_miss = expected.startswith("?")
    wanted = [row.strip() for row in expected.removeprefix("?").split(" ; ") if row.strip() != "-"]
    found = _rows(coder, view, text)
    if may_miss and not found:
        return
    assert len(found) == len(wanted), found
    assert all(any(_fits(row, want) for row in found) for want in wanted), found


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_sixty_sentences(view: str) -> None:
    assert sum(case.values[0] == view for case in _cases()) >= _FEWEST
