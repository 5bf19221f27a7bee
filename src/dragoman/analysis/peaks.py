"""Days with far more events than the days around them."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from typing import TYPE_CHECKING, NamedTuple

from dragoman.model.days import shift_days

if TYPE_CHECKING:
    from collections.abc import Mapping

# Number of days before and after a day that it is compared with.
AROUND = 30
# A peak has this many events or more, and this many standard deviations of a Poisson count above the median.
FEWEST, DEVIATIONS = 5, 4
# Of peaks within this many days of each other, only the highest is kept.
APART = 1


class Peak(NamedTuple):
    """A day with far more events than usual.

    Attributes:
        day: The day.
        events: Number of its events.
        usual: Median number of events of the days around it, days without events included.
    """

    day: dt.date
    events: int
    usual: float

    @property
    def excess(self) -> float:
        """Standard deviations of a Poisson count above the median, which is treated as at least 1."""
        return (self.events - self.usual) / math.sqrt(max(self.usual, 1.0))


def find_peaks(
    days: Mapping[dt.date, int], *, most: int = 6, within: tuple[dt.date, dt.date] | None = None
) -> list[Peak]:
    """Find the days that stand out from the days around them.

    A day is compared with the median of the 30 days before and after it, as far as the first and the last day
    with events. It is a peak if it has at least 5 events and exceeds the median by more than four standard
    deviations of a Poisson count with that median (or with 1, if the median is lower).

    Args:
        days: Number of events of each day; missing days have none.
        most: Maximum number of peaks, those with the highest excess.
        within: First and last day of peaks; other days are only used for comparison.

    Returns:
        The peaks by day.
    """
    if not days:
        return []
    first, last = min(days), max(days)
    found = []
    for day, events in days.items():
        if events >= FEWEST and (within is None or within[0] <= day <= within[1]):
            peak = Peak(day, events, _median_around(days, day, first, last))
            if peak.excess > DEVIATIONS:
                found.append(peak)
    kept: list[Peak] = []
    for peak in sorted(found, key=lambda peak: (-peak.excess, peak.day)):
        if all(abs((peak.day - other.day).days) > APART for other in kept):
            kept.append(peak)
        if len(kept) == most:
            break
    return sorted(kept)


def _median_around(days: Mapping[dt.date, int], day: dt.date, first: dt.date, last: dt.date) -> float:
    """Return the median of the days around a day, without the day itself."""
    around = (shift_days(day, step) for step in range(-AROUND, AROUND + 1) if step)
    counts = [days.get(each, 0) for each in around if first <= each <= last]
    return float(statistics.median(counts)) if counts else 0.0
