"""Calendar arithmetic."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.dates import calendar

DAY = dt.date(2022, 2, 9)  # a Wednesday


def days(interval) -> tuple[str, str]:
    return interval.first.isoformat(), interval.last.isoformat()


INTERVALS = [
    (calendar.one_day(DAY), "2022-02-09", "2022-02-09"),
    (calendar.month_of(2022, 2), "2022-02-01", "2022-02-28"),
    (calendar.month_of(2024, 2), "2024-02-01", "2024-02-29"),
    (calendar.month_of(2022, 13), "2023-01-01", "2023-01-31"),
    (calendar.month_of(2022, 0), "2021-12-01", "2021-12-31"),
    (calendar.year_of(2022), "2022-01-01", "2022-12-31"),
    (calendar.years(2014, 2016), "2014-01-01", "2016-12-31"),
    (calendar.week_of(DAY), "2022-02-07", "2022-02-13"),
    (calendar.week_of(DAY, -1), "2022-01-31", "2022-02-06"),
    (calendar.weekend_of(DAY), "2022-02-12", "2022-02-13"),
    (calendar.months(2022, 11, 3), "2022-11-01", "2023-01-31"),
    (calendar.part_of(calendar.year_of(2022), "early"), "2022-01-01", "2022-04-30"),
    (calendar.part_of(calendar.year_of(2022), "late"), "2022-09-01", "2022-12-31"),
    (calendar.part_of(calendar.month_of(2022, 6), "mid"), "2022-06-11", "2022-06-20"),
    (calendar.nearest_month(3, DAY, -1), "2021-03-01", "2021-03-31"),
    (calendar.nearest_month(3, DAY, 1), "2022-03-01", "2022-03-31"),
    (calendar.nearest_month(2, DAY, -1), "2022-02-01", "2022-02-28"),
]


@pytest.mark.parametrize(("interval", "first", "last"), INTERVALS)
def test_intervals(interval, first, last):
    assert days(interval) == (first, last)


WEEKDAYS = [(2, -1, 9), (2, 1, 9), (3, -1, 3), (3, 1, 10), (1, -1, 8), (1, 1, 15), (6, -1, 6)]


@pytest.mark.parametrize(("weekday", "direction", "day"), WEEKDAYS)
def test_the_nearest_weekday(weekday, direction, day):
    assert calendar.nearest_weekday(weekday, DAY, direction) == dt.date(2022, 2, day)


NEAREST = [
    (2, 9, -1, "2022-02-09"),
    (2, 10, -1, "2022-02-10"),
    (2, 13, -1, "2021-02-13"),
    (2, 10, 1, "2022-02-10"),
    (2, 8, 1, "2023-02-08"),
    (2, 29, 1, None),
    (2, 30, -1, None),
]


@pytest.mark.parametrize(("month", "day", "direction", "wanted"), NEAREST)
def test_the_nearest_day_of_a_month(month, day, direction, wanted):
    found = calendar.nearest_day(month, day, DAY, direction)
    assert (found and found.isoformat()) == wanted


SHIFTED = [
    ("2022-01-31", 1, "2022-02-28"),
    ("2022-03-31", -1, "2022-02-28"),
    ("2022-02-09", 12, "2023-02-09"),
    ("2022-02-09", -2, "2021-12-09"),
    ("2022-02-09", 0, "2022-02-09"),
    ("2024-02-29", 12, "2025-02-28"),
]


@pytest.mark.parametrize(("day", "count", "wanted"), SHIFTED)
def test_months_are_added(day, count, wanted):
    assert calendar.shift_months(dt.date.fromisoformat(day), count).isoformat() == wanted


@pytest.mark.parametrize(
    ("year", "month", "day", "exists"),
    [
        (2022, 2, 28, True),
        (2022, 2, 29, False),
        (1400, 1, 1, False),
        (2300, 1, 1, False),
        (2022, 13, 1, False),
    ],
)
def test_days_that_exist(year, month, day, exists):
    assert (calendar.make_day(year, month, day) is not None) is exists


def test_a_span_runs_forwards_only():
    early, late = calendar.month_of(2022, 1), calendar.month_of(2022, 3)
    assert days(calendar.span(early, late)) == ("2022-01-01", "2022-03-31")
    assert calendar.span(early, late).precision == "range"
    assert calendar.span(early, early).precision == "month"
    assert calendar.span(late, early) is None
