"""Readings of events by people and other programs, stored with the coded event; none overwrites another.

A reading belongs to a report, a word and a type. When the report is coded again and the event gets another
id, these three are used to assign the reading to the new event. A reading without an event is kept;
`unmatched_readings` lists it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import ConflictError, NotFoundError, UsageError
from dragoman.model.readings import (
    READER_KINDS,
    VERDICTS,
    EventReading,
    Verdict,
    deciding_reading,
    shown_event,
)
from dragoman.model.records import Event
from dragoman.record.group_writing import GroupWriting
from dragoman.record.reading import event_of
from dragoman.record.rows import EVENT, encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.model.readings import ReaderKind
    from dragoman.record.answers import StoredEvent

_NAMES = (
    "id", "document_id", "reader", "kind", "made_at", "verdict", "event_id", "event_type", "trigger_start",
    "trigger_end", "body", "changed", "note",
)  # fmt: skip
_COLUMNS = ", ".join(_NAMES)
# Events that readers added also have ids, and other readers can give verdicts on them.
ADDED_IDS = "SELECT json_extract(body, '$.id') FROM readings WHERE NOT undone AND verdict = 'add'"
_LIST = "list them with: dragoman readings list"


class CurrentEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with all its readings taken into account.

    Attributes:
        coded: The event as the program coded it; None for one that a reader added.
        shown: The event as in the deciding reading (`deciding_reading`), else as coded; None if the deciding
            reading rejects it.
        readings: All readings, in chronological order.
    """

    coded: Event | None
    shown: Event | None
    readings: tuple[EventReading, ...]


class PersonVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict of a person, and the event itself if that person corrected or added it."""

    verdict: Verdict
    event: Event | None


class EventReadings(GroupWriting):
    """Writing of readings, and queries about them."""

    def add_readings(self, readings: Sequence[EventReading], *, seen: int | None = None) -> list[int]:
        """Store readings, all or none; one that repeats the reader's current reading is not stored again.

        Args:
            readings: The readings.
            seen: The number of the last reading of this event under the reader's name that the reader has
                seen, 0 for none; None skips the check.

        Returns:
            The numbers of the readings in the record.

        Raises:
            UsageError: A reading lacks a reader, an event or a word, or its verdict is unknown.
            NotFoundError: The report or the event is not in the record.
            ConflictError: Another reading was saved under the same name since `seen`.
            RecordError: The record cannot be written.
        """
        for reading in readings:
            self._check_reading(reading)
        with self.batch():
            if seen is not None:
                self._refuse_conflict(readings, seen)
            return [self._keep_reading(reading) for reading in readings]

    def import_readings(self, readings: Sequence[EventReading]) -> list[str | None]:
        """Store readings that were made on another copy of the record, all or none.

        A reading whose event has another id here is matched by report, type and word. One that matches no
        event is stored without an event; `unmatched_readings` lists it.

        Returns:
            The event of each reading, or None.

        Raises:
            UsageError: As `add_readings`.
            NotFoundError: The report is not in the record.
            RecordError: The record cannot be written.
        """
        found: list[str | None] = []
        with self.batch():
            for reading in readings:
                self._check_reading(reading, has_event=False)
                number = self._insert_reading(reading)
                self.match_readings(reading.document_id)
                query = "SELECT e.id FROM readings AS r JOIN events AS e ON e.id = r.event_id WHERE r.id = ?"
                row = self._connection.execute(query, (number,)).fetchone()
                found.append(row[0] if row else None)
        return found

    def _check_reading(self, reading: EventReading, *, has_event: bool = True) -> None:
        if not reading.reader.strip():
            raise UsageError(message="a reading needs the name of its reader")
        if reading.kind not in READER_KINDS:
            raise UsageError(message=f"reader kind {reading.kind!r}: use one of {', '.join(READER_KINDS)}")
        if reading.verdict not in VERDICTS:
            raise UsageError(message=f"verdict {reading.verdict!r}: use one of {', '.join(VERDICTS)}")
        if reading.verdict in ("edit", "add") and reading.event is None:
            raise UsageError(message=f"a reading with verdict {reading.verdict} needs the event")
        if reading.verdict != "add" and reading.event_id is None:
            raise UsageError(message=f"a reading with verdict {reading.verdict} needs the id of an event")
        row = self._connection.execute(
            "SELECT length(text) FROM documents WHERE id = ?", (reading.document_id,)
        ).fetchone()
        if row is None:
            raise NotFoundError(
                what="document", name=reading.document_id, hint="list them: dragoman documents"
            )
        if not 0 <= reading.trigger_start < reading.trigger_end <= row[0]:
            where = f"{reading.trigger_start} to {reading.trigger_end}"
            raise UsageError(message=f"{reading.document_id}: {where} is outside the text")
        if has_event and reading.event_id is not None and reading.verdict != "add":
            self._refuse_missing_event(reading.event_id)

    def _refuse_missing_event(self, event_id: str) -> None:
        """Raise an error for the id of an event that is neither coded nor added by a reader."""
        query = f"SELECT 1 WHERE ? IN ({ADDED_IDS})"
        if self._connection.execute(query, (event_id,)).fetchone() is None:
            self.event(event_id)

    def _refuse_conflict(self, readings: Sequence[EventReading], seen: int) -> None:
        for reading in readings:
            row = self._connection.execute(
                "SELECT max(id) FROM readings WHERE NOT undone AND reader = ? AND event_id IS ?"
                " AND document_id = ?",
                (reading.reader, reading.event_id, reading.document_id),
            ).fetchone()
            if reading.event_id is not None and (row[0] or 0) > seen:
                raise ConflictError(reader=reading.reader, event=reading.event_id)

    def _keep_reading(self, reading: EventReading) -> int:
        body = encode(reading.event) if reading.event is not None else None
        # Added events of one word and type may be several; each is compared with itself only.
        is_added = reading.event_id is None
        last = self._connection.execute(
            "SELECT id, verdict, body, note FROM readings WHERE NOT undone AND reader = ? AND document_id = ?"
            " AND event_id IS ? AND event_type = ? AND trigger_start = ? AND trigger_end = ?"
            " AND (NOT ? OR body IS ?) ORDER BY id DESC LIMIT 1",
            (reading.reader, reading.document_id, reading.event_id, reading.event_type, reading.trigger_start,
             reading.trigger_end, is_added, body),
        ).fetchone()  # fmt: skip
        # A decision may repeat an earlier one if another decision was made in between.
        is_person = reading.kind != "adjudicator"
        if is_person and last is not None and last[1:] == (reading.verdict, body, reading.note):
            return int(last[0])
        return self._insert_reading(reading)

    def _insert_reading(self, reading: EventReading) -> int:
        body = encode(reading.event) if reading.event is not None else None
        cursor = self._connection.execute(
            "INSERT INTO readings (document_id, reader, kind, made_at, verdict, event_id, event_type,"
            " trigger_start, trigger_end, body, changed, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (reading.document_id, reading.reader, reading.kind, reading.made_at or _now(), reading.verdict,
             reading.event_id, reading.event_type, reading.trigger_start, reading.trigger_end, body,
             encode(reading.changed), reading.note),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def undo_reading(self, reading_id: int, *, reader: str) -> None:
        """Undo a reading; it remains in the record, marked as undone.

        Raises:
            NotFoundError: The reader has no such reading.
        """
        with self.batch():
            done = self._connection.execute(
                "UPDATE readings SET undone = 1 WHERE id = ? AND reader = ? AND NOT undone",
                (reading_id, reader),
            )
            if not done.rowcount:
                raise NotFoundError(what=f"reading of {reader}", name=str(reading_id), hint=_LIST)

    def readings(
        self,
        *,
        document_id: str | None = None,
        event_id: str | None = None,
        reader: str | None = None,
        kind: ReaderKind | None = None,
        verdict: Verdict | None = None,
    ) -> list[EventReading]:
        """Return readings that were not undone, in the order they were made."""
        asked = {
            "document_id": document_id, "event_id": event_id, "reader": reader, "kind": kind,
            "verdict": verdict,
        }  # fmt: skip
        given = {name: value for name, value in asked.items() if value is not None}
        where = "".join(f" AND {name} = ?" for name in given)
        query = f"SELECT {_COLUMNS} FROM readings WHERE NOT undone{where} ORDER BY made_at, id"
        return [_reading_of(row) for row in self._connection.execute(query, tuple(given.values()))]

    def _readings_where(self, condition: str) -> list[EventReading]:
        query = f"SELECT {_COLUMNS} FROM readings WHERE NOT undone AND ({condition}) ORDER BY made_at, id"
        return [_reading_of(row) for row in self._connection.execute(query)]

    def reading_numbered(self, reading_id: int) -> EventReading:
        """Return one reading, unless it was undone.

        Raises:
            NotFoundError: There is no reading with this number.
        """
        query = f"SELECT {_COLUMNS} FROM readings WHERE NOT undone AND id = ?"
        row = self._connection.execute(query, (reading_id,)).fetchone()
        if row is None:
            raise NotFoundError(what="reading", name=str(reading_id), hint=_LIST)
        return _reading_of(row)

    def last_reading(self, reader: str) -> EventReading | None:
        """Return the last reading that a person saved, unless it was undone."""
        query = (
            f"SELECT {_COLUMNS} FROM readings WHERE NOT undone AND reader = ? AND kind = 'person'"
            " ORDER BY id DESC LIMIT 1"
        )
        row = self._connection.execute(query, (reader,)).fetchone()
        return _reading_of(row) if row else None

    def readers(self) -> dict[str, int]:
        """Return the readers and the number of readings of each."""
        query = "SELECT reader, count(*) FROM readings WHERE NOT undone GROUP BY reader ORDER BY reader"
        return dict(self._connection.execute(query))

    def current_event(self, event_id: str) -> CurrentEvent:
        """Return an event with all its readings taken into account.

        The latest reading of an adjudicator decides what is shown, or else the latest of a person; readings
        of models are listed but never decide.

        Raises:
            NotFoundError: There is no such event.
        """
        coded = self.event(event_id).event
        found = tuple(self.readings(event_id=event_id))
        return CurrentEvent(coded=coded, shown=shown_event(coded, deciding_reading(found)), readings=found)

    def event_to_judge(self, event_id: str) -> StoredEvent:
        """Return an event that can be judged: a coded one, or else the latest version of an added one.

        Raises:
            NotFoundError: There is no such event.
        """
        query = (
            "SELECT d.id, d.published_on, d.publisher, '', r.body FROM readings AS r"
            " JOIN documents AS d ON d.id = r.document_id WHERE NOT r.undone AND r.verdict = 'add'"
            " AND json_extract(r.body, '$.id') = ? ORDER BY r.id DESC LIMIT 1"
        )
        coded = self._connection.execute("SELECT 1 FROM events WHERE id = ?", (event_id,)).fetchone()
        row = None if coded else self._connection.execute(query, (event_id,)).fetchone()
        if row is None:
            return self.event(event_id)
        added = event_of(row)
        day = added.event.listed_on(added.published_on)
        return msgspec.structs.replace(added, day=day)

    def readings_of(self, event_ids: Sequence[str]) -> dict[str, list[EventReading]]:
        """Return the readings of several events, grouped by event, in the order they were made."""
        query = (
            f"SELECT {_COLUMNS} FROM readings WHERE NOT undone"
            " AND event_id IN (SELECT value FROM json_each(?)) ORDER BY made_at, id"
        )
        found: dict[str, list[EventReading]] = {}
        for row in self._connection.execute(query, (encode(tuple(event_ids)),)):
            reading = _reading_of(row)
            found.setdefault(str(reading.event_id), []).append(reading)
        return found

    def verdicts_of_several(self) -> dict[str, dict[str, PersonVerdict]]:
        """Return the latest verdict of each person on the events that more than one has judged."""
        query = (
            "SELECT event_id, reader, verdict, body FROM readings WHERE NOT undone AND kind = 'person' AND"
            " event_id IN (SELECT event_id FROM readings WHERE NOT undone AND kind = 'person' AND event_id IN"
            " (SELECT id FROM events) GROUP BY event_id HAVING count(DISTINCT reader) > 1)"
            " ORDER BY made_at, id"
        )
        found: dict[str, dict[str, PersonVerdict]] = {}
        for event_id, reader, verdict, body in self._connection.execute(query):
            event = EVENT.decode(body) if body is not None else None
            found.setdefault(event_id, {})[reader] = PersonVerdict(verdict=verdict, event=event)
        return found

    def adjudicated_events(self) -> set[str]:
        """Return the ids of the events that an adjudicator decided."""
        query = "SELECT event_id FROM readings WHERE NOT undone AND kind = 'adjudicator'"
        return {name for (name,) in self._connection.execute(query)}

    def verdicts_on_added(self) -> list[EventReading]:
        """Return the readings that judge events which readers added, in the order they were made."""
        return self._readings_where(f"verdict != 'add' AND event_id IN ({ADDED_IDS})")

    def unmatched_readings(self) -> list[EventReading]:
        """Return readings whose event is no longer coded, or whose report was deleted.

        A verdict on an event that a reader added stays with that event, coded or not.
        """
        query = (
            f"SELECT {_COLUMNS} FROM readings WHERE NOT undone AND event_id IS NOT NULL"
            f" AND event_id NOT IN (SELECT id FROM events) AND event_id NOT IN ({ADDED_IDS}) ORDER BY id"
        )
        return [_reading_of(row) for row in self._connection.execute(query)]

    def match_readings(self, document_id: str) -> int:
        """Assign the readings of a report that was coded again to its events; return how many were assigned.

        A reading is assigned to the nearest event of the same type whose word overlaps its own.
        """
        loose = self._connection.execute(
            "SELECT id, event_type, trigger_start, trigger_end FROM readings WHERE document_id = ? AND"
            " (event_id IS NULL OR event_id NOT IN (SELECT id FROM events)"
            f" AND event_id NOT IN ({ADDED_IDS}))",
            (document_id,),
        ).fetchall()
        if not loose:
            return 0
        events = [
            EVENT.decode(body)
            for (body,) in self._connection.execute(
                "SELECT b.body FROM events AS e JOIN event_bodies AS b ON b.number = e.number"
                " WHERE e.document = (SELECT number FROM documents WHERE id = ?)",
                (document_id,),
            )
        ]
        moved = 0
        for number, event_type, start, end in loose:
            near = [
                (abs(event.trigger.start - start), event.id)
                for event in events
                if event.event_type == event_type and event.trigger.start < end and start < event.trigger.end
            ]
            if near:
                self._connection.execute(
                    "UPDATE readings SET event_id = ? WHERE id = ?", (min(near)[1], number)
                )
                moved += 1
        return moved


def _reading_of(row: Sequence[Any]) -> EventReading:
    values = dict(zip(_NAMES, row, strict=True))
    body = values.pop("body")
    changed = msgspec.json.decode(values.pop("changed"), type=tuple[str, ...])
    event = EVENT.decode(body) if body is not None else None
    return EventReading(event=event, changed=changed, **values)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
