"""Peaks: days that stand out are found, days of noise are not."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from dragoman.analysis.peaks import APART, FEWEST, Peak, find_peaks

DAY = dt.date(2022, 3, 1)


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def level(count: int, days: int = 120) -> dict[dt.date, int]:
    return {after(n): count for n in range(days)}


@pytest.mark.parametrize("usual", [1, 4, 100])
def test_a_day_far_above_the_days_around_it_is_found(usual: int) -> None:
    (peak,) = find_peaks({**level(usual), after(50): usual * 3 + 10})
    assert peak == (after(50), usual * 3 + 10, usual)


@pytest.mark.parametrize(
    ("usual", "events", "found"), [(4, 12, 0), (4, 13, 1), (100, 140, 0), (100, 141, 1), (0, 4, 0), (0, 5, 1)]
)
def test_the_limit(usual: int, events: int, found: int) -> None:
    assert len(find_peaks({**level(usual), after(50): events})) == found


def test_days_without_events_count_as_zeros() -> None:
    days = {after(n): 6 for n in range(0, 120, 10)}
    assert {peak.usual for peak in find_peaks(days, most=20)} == {0.0}
    assert len(find_peaks(days, most=20)) == 12


def test_a_rise_that_lasts_is_no_peak() -> None:
    assert find_peaks({**level(2, 60), **{after(60 + n): 20 for n in range(60)}}) == []


def test_of_days_side_by_side_the_highest_stands_for_all() -> None:
    days = {**level(2), after(50): 30, after(50 + APART): 40, after(51 + 2 * APART): 20}
    assert [peak.day for peak in find_peaks(days)] == [after(50 + APART), after(51 + 2 * APART)]


def test_the_most_outstanding_are_kept_and_returned_by_day() -> None:
    days = {**level(2), after(80): 90, after(20): 80, after(50): 30}
    assert [peak.day for peak in find_peaks(days, most=2)] == [after(20), after(80)]


@pytest.mark.parametrize("seed", range(5))
def test_noise_has_hardly_any(seed: int) -> None:
    chance = random.Random(seed)
    days = {after(n): sum(chance.random() < 0.02 for _ in range(500)) for n in range(700)}
    assert len(find_peaks(days, most=50)) <= 1


def test_little_has_none() -> None:
    assert find_peaks({}) == []
    assert find_peaks({DAY: FEWEST - 1}) == []


# Events of the days around a day with 50: how many days before and after it count, and the median.
@pytest.mark.parametrize(
    ("days", "usual"),
    [({-30: 4}, 0.0), ({-1: 4}, 4.0), ({-1: 4, 1: 3}, 3.5), ({-31: 4, -1: 2}, 0.0), ({1: 4, 2: 0, 3: 8}, 4.0),
     ({}, 0.0)],
)  # fmt: skip
def test_the_days_around(days: dict[int, int], usual: float) -> None:
    (peak,) = find_peaks({after(0): 50, **{after(n): count for n, count in days.items()}})
    assert peak == (DAY, 50, usual)


def test_only_days_up_to_thirty_away_are_around() -> None:
    inside = {after(n): 9 for n in range(-30, 31)} | {after(0): 50}
    outside = {after(n): 0 for n in (*range(-90, -30), *range(31, 91))}
    (peak,) = find_peaks({**inside, **outside})
    assert peak.usual == 9.0


# The usual number of events and those of a day; the excess in standard deviations.
@pytest.mark.parametrize(
    ("usual", "events", "excess"),
    [(4.0, 14, 5.0), (1.0, 6, 5.0), (0.0, 5, 5.0), (0.5, 5, 4.5), (9.0, 3, -2.0)],
)
def test_excess(usual: float, events: int, excess: float) -> None:
    assert Peak(DAY, events, usual).excess == pytest.approx(excess)


def test_peaks_within_a_span_and_of_equal_height() -> None:
    days = {**level(2), after(20): 90, after(50): 90, after(80): 90}
    assert [p.day for p in find_peaks(days, within=(after(50), after(80)))] == [after(50), after(80)]
    assert [p.day for p in find_peaks(days, within=(after(51), after(79)))] == []
    assert [p.day for p in find_peaks(days, most=1)] == [after(20)]
    assert len(find_peaks({**level(2, 400), **{after(n * 40): 90 for n in range(8)}})) == 6
