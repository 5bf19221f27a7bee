"""The events shown to a reviewer: all events of a filter, or a list of previously drawn events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dragoman.errors import NotFoundError
from dragoman.record.review_queue import Progress, QueuedEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record.queries import EventFilter
    from dragoman.record.review_queue import QueueOrder
    from dragoman.record.store import Record


class ReviewList(Protocol):
    """Events shown to a reviewer, one after another."""

    def following(self, cursor: str | None) -> QueuedEvent | None:
        """Return the next event after a cursor that the reviewer has not judged; None at the end."""

    def progress(self) -> Progress:
        """Return the number of events that the reviewer has judged."""


class FilteredList:
    """All events of a filter.

    Args:
        record: The record.
        wanted: The filter.
        reader: The reviewer.
        order: The order of the events.
    """

    def __init__(self, record: Record, wanted: EventFilter, *, reader: str, order: QueueOrder) -> None:
        self._record = record
        self._wanted = wanted
        self._reader = reader
        self._order: QueueOrder = order

    def following(self, cursor: str | None) -> QueuedEvent | None:
        """Return the next event after a cursor that the reviewer has not judged; None at the end."""
        found = self._record.review_queue(self._wanted, reader=self._reader, order=self._order, cursor=cursor)
        return found[0] if found else None

    def progress(self) -> Progress:
        """Return the number of events that the reviewer has judged."""
        return self._record.review_progress(self._wanted, reader=self._reader)


class DrawnList:
    """Previously chosen events, in a fixed order.

    Args:
        record: The record.
        event_ids: Ids of coded events and of events that readers added.
        reader: The reviewer.
    """

    def __init__(self, record: Record, event_ids: Sequence[str], *, reader: str) -> None:
        self._record = record
        self._event_ids = event_ids
        self._reader = reader

    def following(self, cursor: str | None) -> QueuedEvent | None:
        """Return the next event after a cursor that the reviewer has not judged; None at the end."""
        judged = self._record.judged_by(self._reader)
        first = int(cursor) + 1 if cursor is not None else 0
        for place in range(first, len(self._event_ids)):
            if self._event_ids[place] not in judged:
                try:
                    stored = self._record.event_to_judge(self._event_ids[place])
                except NotFoundError:
                    # Its report has since been removed or coded again.
                    continue
                return QueuedEvent(stored=stored, cursor=str(place))
        return None

    def progress(self) -> Progress:
        """Return the number of events that the reviewer has judged."""
        judged = self._record.judged_by(self._reader).intersection(self._event_ids)
        return Progress(judged=len(judged), total=len(self._event_ids))
