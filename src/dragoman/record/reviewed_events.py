"""Events after review: rejected ones left out, edited ones replaced, added ones included."""

from __future__ import annotations

import heapq
import itertools
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.model.readings import deciding_reading
from dragoman.model.records import CodedDocument
from dragoman.record.migrations import prepare
from dragoman.record.queries import EventFilter, read_cursor, write_cursor
from dragoman.record.reading import Reading, check_page
from dragoman.record.review_queue import ReviewQueue
from dragoman.record.rows import DailyCounts, encode, insert_document, signature_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dragoman.model.readings import EventReading
    from dragoman.model.records import Event
    from dragoman.record.answers import StoredEvent
    from dragoman.record.queries import Order

# Larger than the number of any event.
_LAST = 2**62


class _Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What readers changed: coded events that are not shown as coded, and the events shown instead."""

    hidden: frozenset[str]
    shown: dict[str, list[Event]]


class _ChangedEvents(Reading):
    """A record in memory with only the changed events, so that the same filters apply to them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._where = "the reviewed events"


class ReviewedEvents(ReviewQueue):
    """Queries about events after review."""

    def reviewed_events(
        self, wanted: EventFilter | None = None, *, order: Order = "oldest"
    ) -> Iterator[StoredEvent]:
        """Yield the events after review that a filter selects.

        The filter applies to what is shown: an event whose actor was edited is found under the new actor.

        Args:
            wanted: The filter.
            order: By the day of the event.
        """
        wanted = wanted or EventFilter()
        check_page(wanted.limit or 1, order)
        found = (stored for _, stored in self._reviewed(wanted, order=order))
        yield from itertools.islice(found, wanted.limit)

    def reviewed_page(
        self,
        wanted: EventFilter | None = None,
        *,
        cursor: str | None = None,
        limit: int = 50,
        order: Order = "newest",
    ) -> tuple[list[StoredEvent], str | None]:
        """Return one page of events after review, and the cursor that the next one begins at.

        Args:
            wanted: The filter; its own `limit` is ignored.
            cursor: Cursor returned with the previous page.
            limit: How many events a page has.
            order: By the day of the event.

        Raises:
            UsageError: The cursor is invalid, or the limit or the order is wrong.
        """
        check_page(limit, order)
        # Changed events have no number in the record: a page ends after so many events of a day.
        day, given = read_cursor(cursor) if cursor is not None else (None, 0)
        walked = self._reviewed(wanted or EventFilter(), order=order, first_day=day)
        found = list(itertools.islice(walked, given, given + limit + 1))
        shown = found[:limit]
        if len(found) <= limit:
            return [stored for _, stored in shown], None
        last = shown[-1][0]
        of_last = sum(day_of_it == last for day_of_it, _ in shown) + (given if last == day else 0)
        return [stored for _, stored in shown], write_cursor(last, of_last)

    def _reviewed(
        self, wanted: EventFilter, *, order: Order, first_day: str | None = None
    ) -> Iterator[tuple[str, StoredEvent]]:
        """Yield events after review, with their days, from a day on."""
        changed = self._changed_events()
        apart = msgspec.structs.replace(wanted, limit=None, one_a_day=False)
        edge = _LAST if order == "newest" else 0
        cursor = write_cursor(first_day, edge) if first_day is not None else None
        kept = (
            (day, stored)
            for stored, day, _ in self._walk(apart, order=order, cursor=cursor, limit=None)
            if stored.event.id not in changed.hidden
        )
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            replaced = list(self._replaced(connection, changed, apart, order=order, cursor=cursor))
            merged = heapq.merge(kept, replaced, key=lambda pair: pair[0], reverse=order == "newest")
            yield from _once_a_day(merged) if wanted.one_a_day else merged

    def _replaced(
        self,
        connection: sqlite3.Connection,
        changed: _Changed,
        wanted: EventFilter,
        *,
        order: Order,
        cursor: str | None,
    ) -> Iterator[tuple[str, StoredEvent]]:
        """Yield the changed events that a filter selects, with their days."""
        prepare(connection, ":memory:")
        connection.execute("INSERT INTO runs (id, version, started_at) VALUES (1, '', '')")
        story = {document.id for document in self.story_documents(wanted.story)} if wanted.story else None
        for document_id, events in changed.shown.items():
            if story is None or document_id in story:
                document = self.document(document_id)
                coded = CodedDocument(
                    id=document_id, document=document, events=tuple(events), attributions=()
                )
                insert_document(connection, coded, input_hash=None, run_id=1, counts=DailyCounts())
        entry = None
        if wanted.entry is not None:
            query = (
                "SELECT id FROM events WHERE number IN (SELECT event FROM entry_events WHERE entry_id = ?)"
            )
            entry = {name for (name,) in self._connection.execute(query, (wanted.entry,))}
        inner = msgspec.structs.replace(wanted, story=None, entry=None)
        walked = _ChangedEvents(connection)._walk(inner, order=order, cursor=cursor, limit=None)
        for stored, day, _ in walked:
            if entry is None or stored.event.id in entry:
                yield day, stored

    def _changed_events(self) -> _Changed:
        by_event: dict[str, list[EventReading]] = {}
        added: list[EventReading] = []
        for reading in self._decisive_readings():
            if reading.event_id is not None:
                by_event.setdefault(reading.event_id, []).append(reading)
            elif reading.kind != "model":
                added.append(reading)
        hidden: set[str] = set()
        shown: dict[str, list[Event]] = {}
        coded = self._ids_there("events", by_event)
        for event_id, readings in by_event.items():
            deciding = deciding_reading(readings)
            if deciding is None or deciding.verdict == "accept" or event_id not in coded:
                continue
            hidden.add(event_id)
            if deciding.event is not None:
                event = msgspec.structs.replace(deciding.event, id=event_id)
                shown.setdefault(deciding.document_id, []).append(event)
        there = self._ids_there("documents", {reading.document_id for reading in added})
        for reading in _latest_added(added):
            if reading.event is not None and reading.document_id in there:
                shown.setdefault(reading.document_id, []).append(reading.event)
        return _Changed(hidden=frozenset(hidden), shown=shown)

    def _ids_there(self, table: Literal["events", "documents"], names: Collection[str]) -> set[str]:
        query = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._connection.execute(query, (encode(list(names)),))}


def _latest_added(readings: list[EventReading]) -> list[EventReading]:
    """Return each added event once: of those of one type at one word, the latest."""
    kept: list[EventReading] = []
    for reading in reversed(readings):
        again = any(
            other.document_id == reading.document_id
            and other.event_type == reading.event_type
            and other.trigger_start < reading.trigger_end
            and reading.trigger_start < other.trigger_end
            for other in kept
        )
        if not again:
            kept.append(reading)
    return kept[::-1]


def _once_a_day(events: Iterator[tuple[str, StoredEvent]]) -> Iterator[tuple[str, StoredEvent]]:
    for day, of_day in itertools.groupby(events, key=lambda pair: pair[0]):
        seen: set[int] = set()
        for _, stored in of_day:
            signature = signature_of(stored.event)
            if signature not in seen:
                seen.add(signature)
                yield day, stored
