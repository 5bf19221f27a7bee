"""Average linkage over the pairs with a similarity; all others count as 0.

Two groups are merged while the mean similarity of their pairs is at least a threshold, the most similar
first. Such groups never span two connected components of the graph of pairs at least that similar, so only
the component of a new article has to be regrouped.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Likeness = dict[str, dict[str, float]]


def group(
    members: Iterable[str], likeness: Mapping[str, Mapping[str, float]], least: float
) -> list[set[str]]:
    """Group items by average linkage; the order in which they are given does not matter.

    Args:
        members: The items.
        likeness: Item -> other item -> similarity, in both directions; a missing pair is 0.
        least: Minimum mean similarity at which two groups are merged.
    """
    names = sorted(set(members))
    place = {name: n for n, name in enumerate(names)}
    groups = {n: {name} for n, name in enumerate(names)}
    sums: dict[int, dict[int, float]] = {
        n: {place[other]: value for other, value in likeness.get(name, {}).items() if other in place}
        for n, name in enumerate(names)
    }
    heap = [(-value, a, b) for a, row in sums.items() for b, value in row.items() if a < b and value >= least]
    heapq.heapify(heap)
    fresh = len(names)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups:
            continue
        groups[fresh] = groups.pop(a) | groups.pop(b)
        row = _merged_row(sums, a, b, fresh)
        for other, total in row.items():
            mean = total / (len(groups[fresh]) * len(groups[other]))
            if mean >= least:
                heapq.heappush(heap, (-mean, other, fresh))
        fresh += 1
    return sorted(groups.values(), key=min)


def _merged_row(sums: dict[int, dict[int, float]], a: int, b: int, fresh: int) -> dict[int, float]:
    row = sums.pop(a)
    for other, value in sums.pop(b).items():
        row[other] = row.get(other, 0.0) + value
    row.pop(a, None)
    row.pop(b, None)
    for other, value in row.items():
        sums[other].pop(a, None)
        sums[other].pop(b, None)
        sums[other][fresh] = value
    sums[fresh] = row
    return row


def connected(start: str, likeness: Mapping[str, Mapping[str, float]], least: float, limit: int) -> set[str]:
    """Return the items that can be reached from an item over pairs of at least this similarity.

    The search stops as soon as more than `limit` items are found; the result then has more than that.
    """
    found, waiting = {start}, [start]
    while waiting and len(found) <= limit:
        for other, value in likeness.get(waiting.pop(), {}).items():
            if value >= least and other not in found:
                found.add(other)
                waiting.append(other)
    return found
