"""The columns of the ledger."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.web.ledger_columns import COLUMNS, read_columns, usual_columns


@pytest.mark.parametrize(
    ("given", "rows", "columns"),
    [
        ([], "entries", usual_columns("entries")),
        ([""], "events", usual_columns("events")),
        (["words,day", "type"], "events", ("day", "type", "words")),
        (["day , day"], "events", ("day",)),
        (["day,reports"], "entries", ("day", "reports")),
        (["day,reports"], "events", ("day",)),
        (["reports"], "events", usual_columns("events")),
    ],
)
def test_columns_come_in_their_order(given: list[str], rows: str, columns: tuple[str, ...]) -> None:
    assert read_columns(given, rows) == columns


def test_an_unknown_column_is_an_error_with_the_near_ones() -> None:
    with pytest.raises(UsageError, match="publisher"):
        read_columns(["publishr"], "events")


def test_usual_columns_are_known() -> None:
    assert {*usual_columns("entries"), *usual_columns("events")} <= {*COLUMNS}
