"""Contradicting reports: some say that something was done, others that it was not."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

from dragoman.analysis.disputes import Dispute
from dragoman.analysis.entries import SPAN_DAYS, bucket_of, contrary_bucket, places_differ
from dragoman.analysis.view_sources import (
    day_of,
    first_and_last,
    in_order,
    is_told_firmly,
    parties_of,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.record.store import StoredEvent

# The value of `Dispute.shared` for rows of this kind.
REPORTS_DIFFER = "reports differ"


def find_differing_reports(
    events: Iterable[StoredEvent], *, names: dict[str, str] | None = None
) -> list[Dispute]:
    """Find acts that some reports assert and others deny in their own voice.

    The two events have the same type, mode and parties, no different places, and days at most a week apart.

    Args:
        events: Events of both polarities, in any order.
        names: Names of states by code, for display.

    Returns:
        One row for each denied act; its `shared` is `REPORTS_DIFFER`.
    """
    done: dict[str, list[StoredEvent]] = collections.defaultdict(list)
    not_done: dict[str, list[StoredEvent]] = collections.defaultdict(list)
    for stored in events:
        if not is_told_firmly(stored.event):
            continue
        if stored.event.polarity == "negative":
            not_done[contrary_bucket(stored.event)].append(stored)
        else:
            done[bucket_of(stored.event)].append(stored)
    found = []
    for bucket, negations in not_done.items():
        left = list(done.get(bucket, ()))
        for negation in sorted(negations, key=lambda stored: stored.event.id):
            matching = [stored for stored in left if _is_of_the_same(stored, negation)]
            if not matching:
                continue
            left = [stored for stored in left if stored not in matching]
            others = [other for other in negations if any(_is_of_the_same(one, other) for one in matching)]
            found.append(_line(matching, others, names))
    return found


def _is_of_the_same(done: StoredEvent, not_done: StoredEvent) -> bool:
    first, second = day_of(done), day_of(not_done)
    if first is None or second is None or abs((first - second).days) > SPAN_DAYS:
        return False
    return not places_differ(done.event, not_done.event)


def _line(
    done: Sequence[StoredEvent], not_done: Sequence[StoredEvent], names: dict[str, str] | None
) -> Dispute:
    say = in_order(source_of(stored) for stored in done)
    say_not = in_order(source_of(stored) for stored in not_done)
    first, last = first_and_last((*say, *say_not))
    return Dispute(
        accusers=parties_of((ref for stored in done for ref in stored.event.speaker), names),
        accused=parties_of(done[0].event.actors, names),
        matter=done[0].event.evidence.text,
        accusations=say, denials=say_not, shared=(REPORTS_DIFFER,), first_day=first, last_day=last,
    )  # fmt: skip
