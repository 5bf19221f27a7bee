"""Ledger groups: the events of a filter by day, dyad or type; each count links to its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.record.tables import ARROW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record


class Group(NamedTuple):
    """Group of the events of a filter that share a day, a dyad or a type.

    Attributes:
        words: Label of the group.
        query: The filter restricted to this day, dyad or type, as a query of the ledger.
        events: Number of events.
        counts: Number of events by quad class, without zeros. Empty for a type, which has one class.
    """

    words: str
    query: dict[str, str]
    events: int
    counts: dict[str, int]


def make_groups(
    record: Record, wanted: EventFilter, given: dict[str, str], *, by: str, name: Callable[[str], str]
) -> list[Group]:
    """Count the events of a filter by day, dyad or type; the groups are unordered.

    A mutual event is counted in both its dyads, so the counts of dyads can add up to more than the number of
    events. Events without a day are excluded from groups by day, those without a recipient from groups by
    dyad.

    Args:
        record: The record.
        wanted: The filter.
        given: The same filter as a query of the ledger.
        by: "day", "dyad" or "type".
        name: Function that returns the name of a party.
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
    """Return sorted groups: newest, oldest (days), name, or most events first."""
    if order == "most" or (by != "day" and order != "name"):
        return sorted(groups, key=_by_events)
    return sorted(groups, key=lambda group: group.words, reverse=order == "newest")


def _by_events(group: Group) -> tuple[int, Any]:
    return -group.events, group.words
