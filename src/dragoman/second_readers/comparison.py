"""Comparison of the first reading with second readers: agreement, and events of only one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.record.answers import StoredEvent
from dragoman.record.derived_copy import change_events, copy_record
from dragoman.record.reviewed_events import additions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.records import Event
    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record

Side = Literal["both", "first", "second"]
SIDES: tuple[Side, ...] = ("both", "first", "second")


class ComparedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event and the readers that have it.

    Attributes:
        side: whether both readers have it, only the first, or only a second one.
        readers: The second readers that have it.
        stored: The event, as coded by the first reader if it has it.
    """

    side: Side
    readers: tuple[str, ...]
    stored: StoredEvent

    @property
    def document_id(self) -> str:
        """The id of the report."""
        return self.stored.document_id

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.stored.event


def compare_readers(
    record: Record, *, model: str | None = None, wanted: EventFilter | None = None
) -> Iterator[ComparedEvent]:
    """Yield the events of reports read by a second reader, with the readers that have them, oldest first.

    Args:
        record: The record.
        model: A second reader; None for all of them together.
        wanted: Filter that selects events, whichever reader found them.
    """
    readings = record.readings(kind="model")
    read = {reading.document_id for reading in readings if model in (None, reading.reader)}
    found: dict[str, set[str]] = {}
    for reading in readings:
        if reading.event_id is not None:
            found.setdefault(reading.event_id, set()).add(reading.reader)
    added: dict[str, set[str]] = {}
    for each in additions(readings):
        for reading in each.additions:
            if reading.event is not None:
                added.setdefault(reading.event.id, set()).update(one.reader for one in each.additions)
    # A copy with all events lets the same filters apply to both readers.
    with copy_record(record) as copy:
        with copy.batch():
            change_events(copy, copy.event_changes(reviewed=False, reader="either"))
        for stored in copy.events(wanted):
            if stored.document_id not in read:
                continue
            coded = stored.event.id not in added
            readers = (found if coded else added).get(stored.event.id, set())
            if model is not None:
                readers = readers & {model}
            if coded or readers:
                side: Side = "second" if not coded else "both" if readers else "first"
                yield ComparedEvent(side=side, readers=tuple(sorted(readers)), stored=stored)
