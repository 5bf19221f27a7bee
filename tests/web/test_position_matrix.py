"""The matrix of positions: every sentence is in the cell of its party, its matter and its period."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dragoman.analysis.positions import Position
from dragoman.analysis.view_sources import Party, ViewSource
from dragoman.model.records import Span
from dragoman.web.position_matrix import MOST_PERIODS, MOST_ROWS, make_matrix


def position(actor: str, stance: Any, *days: str | None, issue: str | None = "taiwan-arms") -> Position:
    sources = tuple(
        ViewSource(
            document_id=f"d{at}", event_id=f"{actor}-{stance}-{at}", publisher=None,
            day=dt.date.fromisoformat(day) if day else None, speaker=(), factuality="certain", text="words",
            start=0, end=5, cue=Span(text="words", start=0, end=5), confidence=0.9,
        )
        for at, day in enumerate(days)
    )  # fmt: skip
    return Position(
        actor=Party(actor, actor), issue=issue, matter="arms", stance=stance, sources=sources, first_day=None,
        last_day=None,
    )  # fmt: skip


def counts(matrix: Any) -> dict[str, list[tuple[int, int]]]:
    return {
        row.party.id: [
            (len(cell.sources.get("for", [])), len(cell.sources.get("against", []))) for cell in row.cells
        ]
        for row in matrix.rows
    }


def test_sentences_are_in_their_cells() -> None:
    matrix = make_matrix([
        position("CHN", "against", *(f"2022-01-{day:02}" for day in range(1, 31)), "2022-04-01"),
        position("CHN", "for", "2022-04-02"),
        position("USA", "for", "2022-02-02", None),
    ])  # fmt: skip
    assert matrix is not None
    # Of weeks there are few enough, of days not; a month without positions has no column.
    assert matrix.by == "week"
    assert matrix.columns == [
        "undated", "2021-12-27", "2022-01-03", "2022-01-10", "2022-01-17", "2022-01-24", "2022-01-31",
        "2022-03-28",
    ]  # fmt: skip
    assert counts(matrix) == {
        "CHN": [(0, 0), (0, 2), (0, 7), (0, 7), (0, 7), (0, 7), (0, 0), (1, 1)],
        "USA": [(1, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (1, 0), (0, 0)],
    }
    assert [cell.look for cell in matrix.rows[0].cells] == ["", *["b-1"] * 5, "", "b-3"]


@pytest.mark.parametrize(
    ("step", "by"), [(1, "day"), (4, "week"), (25, "month"), (200, "year"), (1000, "year")]
)
def test_columns_are_few(step: int, by: str) -> None:
    first = dt.date(1990, 1, 1)
    count = 12 if step == 1 else 13
    days = [str(first + dt.timedelta(days=step * n)) for n in range(count)]
    matrix = make_matrix([position("CHN", "for", *days)])
    assert matrix is not None
    assert matrix.by == by
    assert len(matrix.columns) <= MOST_PERIODS or by == "year"


def test_rows_are_by_party_and_matter_and_the_rest_is_said() -> None:
    one = [position("CHN", "for", "2022-01-01", issue=issue) for issue in ("a", "b")]
    matrix = make_matrix(one)
    assert matrix is not None and len(matrix.rows) == 2
    many = make_matrix([position(f"P{n}", "for", "2022-01-01") for n in range(MOST_ROWS + 3)])
    assert many is not None
    assert (len(many.rows), many.all_rows) == (MOST_ROWS, MOST_ROWS + 3)
    assert make_matrix([]) is None
