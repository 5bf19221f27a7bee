"""Matrix of positions over time: for or against, by party, matter and period, with the sentences."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from dragoman.record.pairs import PERIODS, period_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.analysis.positions import Position
    from dragoman.analysis.view_sources import Party, ViewSource
    from dragoman.record.pairs import Period

# Maximum number of columns, except for years; periods without positions have no column.
MOST_PERIODS = 12
MOST_ROWS = 40
STANCES = ("for", "against")


class Cell(NamedTuple):
    """Cell of the sentences of one row and period, by stance."""

    sources: dict[str, list[ViewSource]]

    @property
    def look(self) -> str:
        """CSS class of the cell: for, against or both."""
        held = [stance for stance in STANCES if self.sources.get(stance)]
        return {"for": "b-5", "against": "b-1"}[held[0]] if len(held) == 1 else "b-3" if held else ""


class Row(NamedTuple):
    """Row of the positions of one party on one matter.

    Attributes:
        party: Id of the party.
        issue: Id of a known issue, or None.
        matter: Name of the issue, or words of a report.
        cells: One cell per column.
        sentences: Total number of sentences.
    """

    party: Party
    issue: str | None
    matter: str
    cells: list[Cell]
    sentences: int


class PositionMatrix(NamedTuple):
    """A matrix of positions.

    Attributes:
        by: The length of a period.
        columns: Heading of each column: the first day of a period with positions, as precise as needed, or
            "undated".
        rows: Rows, most sentences first.
        all_rows: Number of rows, shown or not.
    """

    by: Period
    columns: list[str]
    rows: list[Row]
    all_rows: int


def make_matrix(positions: Sequence[Position]) -> PositionMatrix | None:
    """Return the matrix of positions, or None if there are none."""
    if not positions:
        return None
    days = sorted({source.day for each in positions for source in each.sources if source.day is not None})
    by = _length(days)
    starts = sorted({period_of(day, by) for day in days})
    keys: list[dt.date | None] = [*starts]
    # First, so that the newest period is always at the end.
    if any(source.day is None for each in positions for source in each.sources):
        keys.insert(0, None)
    grouped: dict[tuple[str, str], list[Position]] = {}
    for each in positions:
        grouped.setdefault((each.actor.id, each.issue or each.matter), []).append(each)
    rows = sorted((_row(held, keys, by) for held in grouped.values()), key=_place)
    return PositionMatrix(by, [_heading(key, by) for key in keys], rows[:MOST_ROWS], len(rows))


def _length(days: Sequence[dt.date]) -> Period:
    """Return the shortest period length that does not give too many periods."""
    for by in PERIODS:
        if len({period_of(day, by) for day in days}) <= MOST_PERIODS:
            return by
    return "year"


def _row(held: Sequence[Position], keys: Sequence[dt.date | None], by: Period) -> Row:
    sources: dict[dt.date | None, dict[str, list[ViewSource]]] = {key: {} for key in keys}
    for position in held:
        for source in position.sources:
            key = None if source.day is None else period_of(source.day, by)
            sources[key].setdefault(position.stance, []).append(source)
    first = held[0]
    return Row(
        party=first.actor, issue=first.issue, matter=first.matter,
        cells=[Cell(sources[key]) for key in keys], sentences=sum(len(each.sources) for each in held),
    )  # fmt: skip


def _place(row: Row) -> tuple[int, str, str]:
    return -row.sentences, row.party.name, row.matter


def _heading(start: dt.date | None, by: Period) -> str:
    if start is None:
        return "undated"
    return str(start)[: {"year": 4, "month": 7}.get(by, 10)]
