"""The ledger in groups: the events of a filter by day, by dyad or by type, each number with its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.record.tables import ARROW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record

GROUPS = {"day": "day", "dyad": "dyad", "type": "type"}


class Group(NamedTuple):
    """The events of a filter that have one day, one dyad or one type.

    Attributes:
        words: How it is called.
        query: The filter with this day, dyad or type, as a query of the ledger.
        events: How many events it has.
        counts: How many of each quad class; classes without events are left out. Empty for a type, which has
            one class.
    """

    words: str
    query: dict[str, str]
    events: int
    counts: dict[str, int]


def make_groups(
    record: Record, wanted: EventFilter, given: dict[str, str], *, by: str, name: Callable[[str], str]
) -> list[Group]:
    """Count the events of a filter by day, dyad or type, in no particular order.

    A mutual event is in the groups of both its dyads, so that dyads can have more events together than there
    are. Events without a day are in no group of a day, and those without a recipient in none of a dyad.

    Args:
        record: The record.
        wanted: The filter.
        given: The same filter as a query of the ledger.
        by: One of `GROUPS`.
        name: Returns the name of a party.
    """
    if by == "day":
        return [
            Group(str(p.start), {**given, "since": str(p.start), "until": str(p.start)}, p.events, p.counts)
            for p in record.event_series(wanted, by="day")
        ]
    if by == "type":
        counts = record.counts(wanted, by="event_type")
        return [Group(kind, {**given, "type": kind}, count, {}) for kind, count in counts.items()]
    found = []
    for edge in record.network(since=wanted.since, until=wanted.until, wanted=wanted):
        dyad = f"{edge.actor}{ARROW}{edge.recipient}"
        # A filter by one dyad cannot be combined with another; its events can have other dyads as well.
        if wanted.dyad in (None, dyad):
            words = f"{name(edge.actor)} → {name(edge.recipient)}"
            found.append(Group(words, {**given, "dyad": dyad}, edge.events, edge.counts))
    return found


def in_order(groups: Sequence[Group], order: str, *, by: str) -> list[Group]:
    """Return groups in an order: newest, oldest (days), name, or most events first."""
    if order == "most" or (by != "day" and order != "name"):
        return sorted(groups, key=_by_events)
    return sorted(groups, key=lambda group: group.words, reverse=order == "newest")


def _by_events(group: Group) -> tuple[int, Any]:
    return -group.events, group.words
