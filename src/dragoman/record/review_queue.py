"""The queue of a reviewer: events not judged yet, and the progress so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from dragoman.errors import UsageError
from dragoman.record.answers import StoredEvent
from dragoman.record.event_readings import EventReadings
from dragoman.record.queries import EventFilter, choose, read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record.queries import Choice

QueueOrder = Literal["least_sure", "newest", "oldest"]
QUEUE_ORDERS: tuple[QueueOrder, ...] = get_args(QueueOrder)
# The sort key and direction of each order.
_SORTED = {
    "least_sure": ("e.confidence", "ASC", ">"),
    "newest": ("{day}", "DESC", "<"),
    "oldest": ("{day}", "ASC", ">"),
}
_JUDGED = "SELECT event_id FROM readings WHERE NOT undone AND reader = ? AND event_id IS NOT NULL"


class QueuedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event to be judged, and the cursor for the events after it."""

    stored: StoredEvent
    cursor: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The number of events of a filter that a reviewer has judged."""

    judged: int
    total: int


class ReviewQueue(EventReadings):
    """Queries about the events that a reviewer should judge next."""

    def review_queue(
        self,
        wanted: EventFilter | None = None,
        *,
        reader: str,
        order: QueueOrder = "least_sure",
        cursor: str | None = None,
        limit: int = 1,
    ) -> list[QueuedEvent]:
        """Return the next events that a reviewer has not judged, regardless of the verdicts of others.

        Args:
            wanted: A filter that selects the events; its own `limit` is ignored.
            reader: The reviewer.
            order: "least_sure" for the lowest confidence first, "newest" or "oldest" for the day.
            cursor: Cursor of the last event seen.
            limit: Maximum number of events.

        Raises:
            UsageError: The order or the cursor is invalid.
        """
        choice = self._queued(wanted)
        if order not in QUEUE_ORDERS:
            raise UsageError(message=f"order {order!r}: use one of {', '.join(QUEUE_ORDERS)}")
        column, direction, compare = _SORTED[order]
        column = column.format(day=choice.day)
        clauses = [*choice.clauses, f"e.id NOT IN ({_JUDGED})"]
        values: list[str | float] = [*choice.values, reader]
        if cursor is not None:
            clauses.append(f"({column}, {choice.number}) {compare} (?, ?)")
            values += _read_cursor(cursor, order)
        query = (
            f"SELECT {column}, {choice.number} FROM {choice.tables} WHERE {' AND '.join(clauses)}"
            f" ORDER BY {column} {direction}, {choice.number} {direction} LIMIT ?"
        )
        rows = self._connection.execute(query, (*values, limit)).fetchall()
        events = self._events_at([number for _, number in rows])
        return [QueuedEvent(stored=events[number], cursor=f"{key}_{number}") for key, number in rows]

    def review_progress(self, wanted: EventFilter | None = None, *, reader: str) -> Progress:
        """Return the number of events that a reviewer has judged."""
        choice = self._queued(wanted)
        clauses = (*choice.clauses, f"e.id IN ({_JUDGED})")
        query = f"SELECT count(*) FROM {choice.tables} WHERE {' AND '.join(clauses)}"
        (judged,) = self._connection.execute(query, (*choice.values, reader)).fetchone()
        return Progress(judged=judged, total=self.total(wanted or EventFilter()))

    def judged_by(self, reader: str) -> set[str]:
        """Return the ids of the events that a reviewer has judged, coded ones and added ones."""
        return {name for (name,) in self._connection.execute(_JUDGED, (reader,))}

    def _queued(self, wanted: EventFilter | None) -> Choice:
        wanted = wanted or EventFilter()
        if wanted.one_a_day:
            message = "each event is judged by itself: leave one a day out"
            raise UsageError(message=message)
        return choose(wanted, seldom=self._seldom)


def _read_cursor(cursor: str, order: QueueOrder) -> Sequence[str | float]:
    key, _, number = cursor.rpartition("_")
    try:
        return [float(key) if order == "least_sure" else key, read_number(number)]
    except ValueError:
        message = f"cursor {cursor!r} is none of ours; leave it out to begin at the first event"
        raise UsageError(message=message) from None
