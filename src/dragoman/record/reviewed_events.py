"""The events that a record shows after review, or as found by one or both of its readers.

The rules are applied to readings. Their result is a list of changes to the coded events: events that are
hidden, and events that are shown in their place or in addition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import msgspec

from dragoman.model.readings import deciding_reading, overlaps
from dragoman.record.event_readings import ADDED_IDS
from dragoman.record.review_queue import ReviewQueue
from dragoman.record.rows import encode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dragoman.model.readings import EventReading, ReaderChoice
    from dragoman.model.records import Event


_FOUND_BY_MODELS = (
    "SELECT event_id FROM readings WHERE NOT undone AND kind = 'model' AND verdict != 'reject'"
    " AND event_id IS NOT NULL"
)


class EventChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The differences between the events that are shown and the coded ones.

    Attributes:
        hidden: Ids of coded events that are not shown as coded.
        shown: Events that are shown in addition, by the id of their report. An edited event has the id of the
            coded one, which is hidden.
    """

    hidden: frozenset[str]
    shown: dict[str, tuple[Event, ...]]

    def __bool__(self) -> bool:
        """Return True if anything differs."""
        return bool(self.hidden or self.shown)

    def events(self) -> dict[str, tuple[str, Event] | None]:
        """Return, by id, the report and event shown for each event that differs; None if nothing is shown."""
        found: dict[str, tuple[str, Event] | None] = dict.fromkeys(self.hidden)
        return found | {event.id: (name, event) for name, events in self.shown.items() for event in events}


class AddedEvent(msgspec.Struct, kw_only=True):
    """An event that the coder did not find, with all readings of it.

    Readings that add an event of the same type at overlapping words of one report, and verdicts on any of
    them, concern one event.
    """

    readings: list[EventReading]

    @property
    def additions(self) -> list[EventReading]:
        """Return the readings that add it."""
        return [reading for reading in self.readings if reading.verdict == "add"]

    @property
    def document_id(self) -> str:
        """Return the id of its report."""
        return self.readings[0].document_id

    @property
    def model_event(self) -> Event | None:
        """Return the latest version of the event that a model added; None if no model did."""
        found = [reading.event for reading in self.additions if reading.kind == "model"]
        return found[-1] if found else None

    def overlaps(self, other: AddedEvent) -> bool:
        """Return True if both are based on overlapping words of one report."""
        return any(overlaps(one, two) for one in self.additions for two in other.additions)

    def after_review(self) -> Event | None:
        """Return the event as in the deciding reading; None if that rejects it or there is none."""
        deciding = deciding_reading(self.readings)
        if deciding is None or deciding.verdict == "reject":
            return None
        if deciding.event is None:
            accepted = [
                each.event for each in self.additions if each.event and each.event.id == deciding.event_id
            ]
            return accepted[-1]
        if deciding.verdict == "edit":
            return msgspec.structs.replace(deciding.event, id=str(deciding.event_id))
        return deciding.event


class ReviewedEvents(ReviewQueue):
    """Queries about which events are shown."""

    def event_changes(self, *, reviewed: bool, reader: ReaderChoice = "first") -> EventChanges:
        """Return how the events that are shown differ from the coded ones.

        Args:
            reviewed: Apply the verdicts of people: rejected events are hidden, edited ones are shown as
                edited, events that people added or accepted are shown as well.
            reader: The events that the coder found ("first"), a model ("second"), both or either of them.
        """
        readings = self._readings_that_change()
        by_event: dict[str, list[EventReading]] = {}
        for reading in readings:
            if reading.event_id is not None:
                by_event.setdefault(reading.event_id, []).append(reading)
        coded = self._ids_there("events", by_event)
        hidden: set[str] = set()
        if reader in ("second", "both"):
            query = f"SELECT id FROM events WHERE id NOT IN ({_FOUND_BY_MODELS})"
            hidden |= {name for (name,) in self._connection.execute(query)}
        shown: dict[str, list[Event]] = {}
        if reviewed:
            for event_id in sorted(coded - hidden):
                deciding = deciding_reading(by_event[event_id])
                if deciding is None or deciding.verdict == "accept":
                    continue
                hidden.add(event_id)
                if deciding.event is not None:
                    event = msgspec.structs.replace(deciding.event, id=event_id)
                    shown.setdefault(deciding.document_id, []).append(event)
        for added in self._shown_additions(readings, reviewed=reviewed, reader=reader):
            shown.setdefault(added[0], []).append(added[1])
        return EventChanges(
            hidden=frozenset(hidden), shown={name: tuple(events) for name, events in shown.items()}
        )

    def base_state(self) -> tuple[object, ...]:
        """Return a value that changes with documents, events, stories or entries, but not with readings."""
        queries = (
            "SELECT count(*), max(number) FROM documents",
            "SELECT content_hash FROM documents ORDER BY number DESC LIMIT 1",
            "SELECT count(*), max(number) FROM events",
            "SELECT count(*), min(id), max(id) FROM entries",
            "SELECT count(*), min(id), max(id) FROM stories",
        )
        return tuple(self._connection.execute(query).fetchone() for query in queries)

    def _readings_that_change(self) -> list[EventReading]:
        """Return all readings of events that are not shown as coded, or that the coder did not find."""
        changed = (
            "SELECT event_id FROM readings WHERE NOT undone AND kind != 'model' AND verdict != 'accept'"
            " AND event_id IS NOT NULL"
        )
        return self._readings_where(
            f"event_id IS NULL OR event_id IN ({changed}) OR event_id IN ({ADDED_IDS})"
        )

    def _shown_additions(
        self, readings: list[EventReading], *, reviewed: bool, reader: ReaderChoice
    ) -> list[tuple[str, Event]]:
        """Return the added events that are shown, each with the id of its report and an id of its own."""
        models, people = reader in ("second", "either"), reviewed and reader in ("first", "either")
        if not models and not people:
            return []
        found: list[tuple[str, Event]] = []
        for added in without_superseded(additions(readings)) if reviewed else additions(readings):
            model_event = added.model_event
            judged = reviewed and deciding_reading(added.readings) is not None
            if judged:
                event = added.after_review() if people or model_event is not None else None
            else:
                event = model_event if models else None
            if event is not None:
                found.append((added.document_id, event))
        there = self._ids_there("documents", {name for name, _ in found})
        taken = self._ids_there("events", {event.id for _, event in found})
        unique = {event.id: (name, event) for name, event in found if name in there and event.id not in taken}
        return list(unique.values())

    def _ids_there(self, table: Literal["events", "documents"], names: Collection[str]) -> set[str]:
        query = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._connection.execute(query, (encode(list(names)),))}


def additions(readings: Iterable[EventReading]) -> list[AddedEvent]:
    """Return the events that readers added and the coder did not find, each with its readings."""
    by_place: dict[tuple[str, str], list[AddedEvent]] = {}
    by_id: dict[str, AddedEvent] = {}
    verdicts: list[EventReading] = []
    for reading in readings:
        if reading.verdict != "add":
            verdicts.append(reading)
        elif reading.event_id is None and reading.event is not None:
            near = by_place.setdefault((reading.document_id, reading.event_type), [])
            same = next((each for each in near if any(overlaps(reading, one) for one in each.readings)), None)
            if same is None:
                same = AddedEvent(readings=[])
                near.append(same)
            same.readings.append(reading)
            by_id[reading.event.id] = same
    for reading in verdicts:
        about = by_id.get(cast("str", reading.event_id))
        if about is not None:
            about.readings.append(reading)
    return [added for near in by_place.values() for added in near]


def without_superseded(added: list[AddedEvent]) -> list[AddedEvent]:
    """Exclude events that people added at words for which an adjudicator chose another event."""
    chosen: dict[str, list[AddedEvent]] = {}
    for each in added:
        decision = adjudication(each)
        if decision is not None and decision.verdict == "add":
            chosen.setdefault(each.document_id, []).append(each)
    return [
        each
        for each in added
        if adjudication(each) is not None
        or each.model_event is not None
        or not any(each.overlaps(other) for other in chosen.get(each.document_id, ()))
    ]


def adjudication(added: AddedEvent) -> EventReading | None:
    """Return the reading of an adjudicator that decides an added event, or None."""
    deciding = deciding_reading(added.readings)
    return deciding if deciding is not None and deciding.kind == "adjudicator" else None
