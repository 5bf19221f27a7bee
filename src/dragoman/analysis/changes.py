"""Changes in the relations of two parties: breaks in a series of mean intensity, with their events.

The breaks divide a series into segments of different mean at minimum cost; they are found exactly by pruned
dynamic programming (PELT: Killick, Fearnhead and Eckley 2012).
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record.answers import DyadPoint


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A break in a dyad's series.

    Attributes:
        start: First day of the first period after the break.
        before: Mean intensity of the segment before.
        after: Mean intensity of the segment after.
        events: Events in the segment after, up to the next break.
    """

    start: dt.date
    before: float
    after: float
    events: int


def change_points(values: Sequence[float], *, penalty: float | None = None, least: int = 2) -> list[int]:
    """Return where a series changes its mean: the positions of the first value of each new segment.

    Args:
        values: The series.
        penalty: The reduction in squared error that a break must achieve; None takes 5 log n times the
            variance of neighbouring differences, which finds none in noise alone. Differences between zeros
            are excluded: periods without events have no noise, and would turn every event into a break.
        least: Minimum length of a segment.

    Raises:
        ValueError: `least` is below 1.
    """
    if least < 1:
        raise ValueError("least must be 1 or more")
    size = len(values)
    if size < 2 * least:
        return []
    cost = _Cost(values)
    toll = _usual_penalty(values) if penalty is None else penalty
    best = [0.0] * (size + 1)
    best[0] = -toll
    last = [0] * (size + 1)
    open_starts = [0]
    for end in range(least, size + 1):
        offers = [(best[start] + cost.of(start, end) + toll, start) for start in open_starts]
        best[end], last[end] = min(offers)
        open_starts = [start for offer, start in offers if offer - toll <= best[end]]
        if end - least + 1 >= least:
            open_starts.append(end - least + 1)
    points, at = [], size
    while at > 0:
        at = last[at]
        if at > 0:
            points.append(at)
    return points[::-1]


def find_changes(series: Sequence[DyadPoint], *, penalty: float | None = None) -> list[Change]:
    """Find the breaks in a dyad's series, as returned by `Record.dyad_series` with `zeros`.

    Periods without events count with intensity 0. Pass the series with them, otherwise gaps are ignored.
    """
    values = [point.intensity for point in series]
    bounds = [0, *change_points(values, penalty=penalty), len(values)]
    found = []
    for before, at, after in zip(bounds, bounds[1:], bounds[2:], strict=False):
        found.append(
            Change(
                start=series[at].start,
                before=_mean(values[before:at]),
                after=_mean(values[at:after]),
                events=sum(point.events for point in series[at:after]),
            )
        )
    return found


class _Cost:
    """Squared error of a segment about its mean, from precomputed sums."""

    def __init__(self, values: Sequence[float]) -> None:
        self._sums, self._squares = [0.0], [0.0]
        for value in values:
            self._sums.append(self._sums[-1] + value)
            self._squares.append(self._squares[-1] + value * value)

    def of(self, start: int, end: int) -> float:
        total = self._sums[end] - self._sums[start]
        return self._squares[end] - self._squares[start] - total * total / (end - start)


def _usual_penalty(values: Sequence[float]) -> float:
    steps = [(b - a) ** 2 / 2 for a, b in itertools.pairwise(values) if a or b]
    if not steps:
        return 1e-9
    # The median step is that of the noise; the steps at the breaks themselves are few.
    noise = sorted(steps)[len(steps) // 2] / 0.455
    return max(5 * math.log(len(values)) * noise, 1e-9)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4)
