"""Breaks in a series: found where they are, none in noise."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest

from dragoman.analysis.changes import _Cost, _usual_penalty, change_points, find_changes
from dragoman.analysis.frames import Library, to_frame
from dragoman.analysis.networks import measure_network
from dragoman.errors import UsageError
from dragoman.record.answers import DyadPoint, Edge


def noisy(*means: float, each: int = 30, seed: int = 1) -> list[float]:
    rng = random.Random(seed)
    return [mean + rng.gauss(0, 0.5) for mean in means for _ in range(each)]


@pytest.mark.parametrize("seed", range(10))
def test_none_in_noise(seed: int) -> None:
    assert change_points(noisy(0.0, each=120, seed=seed)) == []


@pytest.mark.parametrize("seed", range(10))
def test_breaks_are_found_where_they_are(seed: int) -> None:
    found = change_points(noisy(2.0, -4.0, 1.0, seed=seed))
    assert len(found) == 2
    assert abs(found[0] - 30) <= 1
    assert abs(found[1] - 60) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_pruning_changes_nothing(seed: int) -> None:
    values = noisy(0.0, 1.0, -1.0, 2.0, each=8, seed=seed)
    assert change_points(values, penalty=2.0) == whole_search(values, 2.0, 2)


def whole_search(values: list[float], penalty: float, least: int) -> list[int]:
    def cost(part: list[float]) -> float:
        mean = sum(part) / len(part)
        return sum((value - mean) ** 2 for value in part)

    best: list[tuple[float, list[int]]] = [(-penalty, [])]
    for end in range(1, len(values) + 1):
        offers = [
            (best[start][0] + cost(values[start:end]) + penalty, [*best[start][1], start])
            for start in range(end - least + 1)
            if best[start][0] < float("inf")
        ]
        best.append(min(offers) if offers else (float("inf"), []))
    return best[-1][1][1:]


def test_short_series_have_none() -> None:
    assert change_points([]) == change_points([1.0]) == change_points([1.0, 5.0, 1.0]) == []


def series(values: list[float]) -> list[DyadPoint]:
    start = dt.date(2022, 1, 1)
    return [
        DyadPoint(
            start=start + dt.timedelta(days=n), events=2, intensity=value, counts={"verbal_conflict": 2}
        )
        for n, value in enumerate(values)
    ]


def test_a_change_says_when_and_from_what_to_what() -> None:
    (change,) = find_changes(series([2.0] * 10 + [-5.0] * 10))
    assert change.start == dt.date(2022, 1, 11)
    assert (change.before, change.after, change.events) == (2.0, -5.0, 20)


def test_frames_of_both_libraries_hold_the_same() -> None:
    points = series([1.0, 2.0])
    pandas, polars = to_frame(points, library="pandas"), to_frame(points, library="polars")
    assert list(pandas.columns) == polars.columns
    assert list(pandas["verbal_conflict"]) == polars["verbal_conflict"].to_list() == [2, 2]
    with pytest.raises(UsageError, match="pandas or polars"):
        to_frame(points, library="excel")  # type: ignore[arg-type]


def edge(actor: str, recipient: str, good: int, bad: int) -> Edge:
    counts = {"verbal_cooperation": good, "material_conflict": bad}
    return Edge(actor=actor, recipient=recipient, events=good + bad, counts=counts, intensity=0.0)


def test_blocs_are_those_who_cooperate() -> None:
    edges = [
        edge("A", "B", 9, 0), edge("B", "C", 9, 0), edge("C", "A", 9, 1), edge("X", "Y", 9, 0),
        edge("A", "X", 0, 9), edge("Y", "B", 1, 9),
    ]  # fmt: skip
    found = {m.party: m for m in measure_network(edges)}
    assert found["A"].bloc == found["B"].bloc == found["C"].bloc == 1
    assert found["X"].bloc == found["Y"].bloc == 2
    assert (found["A"].events, found["A"].cooperation, found["A"].conflict, found["A"].partners) == (
        28,
        18,
        10,
        3,
    )
    assert sum(m.pagerank for m in found.values()) == pytest.approx(1, abs=1e-4)
    assert found["A"].pagerank > found["X"].pagerank
    assert measure_network([]) == []


def sparse(size: int, share: float, seed: int) -> list[float]:
    rng = random.Random(seed)
    return [rng.choice((-9.0, -3.0, 2.5, 5.0)) if rng.random() < share else 0.0 for _ in range(size)]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("share", [0.005, 0.05, 0.2])
def test_a_few_events_in_long_silence_are_no_breaks(share: float, seed: int) -> None:
    assert change_points(sparse(400, share, seed)) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_end_of_silence_is_a_break(seed: int) -> None:
    (found,) = change_points([0.0] * 50 + noisy(-4.0, each=30, seed=seed))
    assert abs(found - 50) <= 1


def test_silence_alone_has_no_breaks() -> None:
    assert change_points([0.0] * 100) == []


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_of_a_series_has_dates_and_no_holes(library: Library) -> None:
    points = [*series([1.0]), DyadPoint(start=dt.date(2022, 1, 2), events=0, intensity=0.0, counts={})]
    frame = to_frame(points, library=library)
    assert list(frame["material_conflict"]) == [0, 0]
    assert list(frame["verbal_conflict"]) == [2, 0]
    assert (
        list(frame["start"].dt.year) == [2022, 2022] if library == "pandas" else frame["start"].dt.year()[1]
    )


def test_a_stretch_may_be_one_value_long():
    assert change_points([0.0, 9.0], penalty=1.0, least=1) == [1]
    assert change_points([0.0, 9.0], penalty=1.0) == []
    with pytest.raises(ValueError, match="1 or more"):
        change_points([0.0, 9.0], least=0)


def test_the_cost_of_a_segment_is_its_squared_error() -> None:
    cost = _Cost([1.0, 3.0, 5.0, 5.0])
    assert (cost.of(0, 1), cost.of(0, 2), cost.of(0, 3), cost.of(2, 4)) == (0.0, 2.0, 8.0, 0.0)


# Values; 5 log n times the noise, which is the median of half the squared steps, over 0.455.
PENALTIES = [
    ([0.0, 0.0, 0.0], 1e-9), ([1.0], 1e-9), ([1.0, 3.0], 5 * math.log(2) * 2.0 / 0.455),
    ([0.0, 0.0, 2.0], 5 * math.log(3) * 2.0 / 0.455), ([2.0, 0.0, 0.0], 5 * math.log(3) * 2.0 / 0.455),
    ([1.0, 2.0, 4.0, 8.0], 5 * math.log(4) * 2.0 / 0.455), ([1.0, 2.0, 4.0], 5 * math.log(3) * 2.0 / 0.455),
    ([1.0, 1.0, 1.0], 1e-9),
]  # fmt: skip


@pytest.mark.parametrize(("values", "penalty"), PENALTIES)
def test_the_usual_penalty(values: list[float], penalty: float) -> None:
    assert _usual_penalty(values) == pytest.approx(penalty)


# Values, penalty, shortest segment; where a new mean begins.
SEGMENTS = [
    ([0.0, 0.0, 4.0, 4.0], 15.9, 2, [2]), ([0.0, 0.0, 4.0, 4.0], 16.1, 2, []),
    ([0.0, 4.0, 4.0, 4.0], 4.1, 2, []), ([0.0, 4.0, 4.0, 4.0], 3.9, 2, [2]),
    ([0.0, 4.0, 4.0, 4.0], 1.0, 1, [1]),
    ([0.0, 0.0, 4.0, 4.0, 9.0, 9.0], 1.0, 2, [2, 4]), ([0.0, 0.0, 4.0, 4.0, 9.0], 1.0, 2, [2]),
    ([0.0, 0.0, 0.0, 4.0, 4.0, 4.0], 1.0, 3, [3]), ([0.0, 0.0, 0.0, 4.0, 4.0], 1.0, 3, []),
    ([0.0, 4.0], 1.0, 2, []), ([], 1.0, 1, []), ([0.0, 4.0, 0.0], 1.0, 1, [1, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "penalty", "least", "points"), SEGMENTS)
def test_segments(values: list[float], penalty: float, least: int, points: list[int]) -> None:
    assert change_points(values, penalty=penalty, least=least) == points


def test_changes_have_the_means_on_both_sides() -> None:
    found = find_changes(series([1.0, 1.0, 5.0, 5.0, -1.0, -2.0, -1.00006]), penalty=2.0)
    assert [(c.start.day, c.before, c.after, c.events) for c in found] == [
        (3, 1.0, 5.0, 4), (5, 5.0, -1.3334, 6),
    ]  # fmt: skip
    assert find_changes([]) == []
