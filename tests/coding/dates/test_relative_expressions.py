"""Date expressions that need the day of the report."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.dates.calendar import Moment
from dragoman.coding.dates.expressions import find_raw
from dragoman.knowledge.calendar_words import load_calendar_words

DAY = dt.date(2022, 2, 9)  # a Wednesday


def meant(text: str, direction: int, published: dt.date | None = DAY) -> tuple[str, str] | None:
    (raw,) = find_raw(text)
    interval = raw.rule.resolve(raw.match, Moment(published, direction, load_calendar_words()))
    return (str(interval.first), str(interval.last)) if interval else None


# Text, whether the clause looks ahead, first and last day.
MEANT = [
    ("It rained on Monday.", -1, "2022-02-07", "2022-02-07"),
    ("It will rain on Monday.", 1, "2022-02-14", "2022-02-14"),
    ("It rained on Wednesday.", -1, "2022-02-09", "2022-02-09"),
    ("It rained last Wednesday.", -1, "2022-02-02", "2022-02-02"),
    ("It will rain next Wednesday.", 1, "2022-02-16", "2022-02-16"),
    ("It rained yesterday.", -1, "2022-02-08", "2022-02-08"),
    ("It rains today.", -1, "2022-02-09", "2022-02-09"),
    ("It will rain tomorrow.", 1, "2022-02-10", "2022-02-10"),
    ("It rained last week.", -1, "2022-01-31", "2022-02-06"),
    ("It rained last month.", -1, "2022-01-01", "2022-01-31"),
    ("It will rain next year.", 1, "2023-01-01", "2023-12-31"),
    ("It rained two days ago.", -1, "2022-02-07", "2022-02-07"),
    ("It rained three years ago.", -1, "2019-01-01", "2019-12-31"),
    ("It rained overnight.", -1, "2022-02-08", "2022-02-09"),
]


@pytest.mark.parametrize(("text", "direction", "first", "last"), MEANT)
def test_days_counted_from_that_of_the_report(text, direction, first, last):
    assert meant(text, direction) == (first, last)
    assert meant(text, direction, published=None) is None


# A bare month is a date only behind certain words, or with a part of it named.
BARE_MONTHS = [
    ("It rained in March.", True),
    ("It rained since May.", True),
    ("Early March was dry.", True),
    ("Last May was dry.", True),
    ("Arnor and March agree.", True),
    ("Judge March left.", False),
    ("The May was dry.", False),
]


@pytest.mark.parametrize(("text", "is_date"), BARE_MONTHS)
def test_a_bare_month(text, is_date):
    assert any(raw.is_sure for raw in find_raw(text)) is is_date
