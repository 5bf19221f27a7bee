"""A copy of a record with changed events; the record itself is not modified.

All queries work on the copy as on any record, so lists, counts and exports of it agree.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import NotFoundError, RecordError
from dragoman.files import make_private
from dragoman.record.migrations import rebuild_keys
from dragoman.record.opening import PATIENCE
from dragoman.record.reading import document_of
from dragoman.record.reviewed_events import EventChanges
from dragoman.record.rows import DailyCounts, delete_event, encode, insert_event
from dragoman.record.store import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dragoman.model.records import Event
    from dragoman.record.answers import StoredEvent

# From this number of hidden events it is faster to rebuild keys and counts.
_MANY = 20_000
# A copy can be remade, so it needs no journal on disk.
_UNGUARDED = """
PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
PRAGMA secure_delete = OFF; PRAGMA cache_size = -262144;
"""


def copy_record(record: Record, path: Path | None = None) -> Record:
    """Copy a record.

    Args:
        record: The record; other processes may write to it meanwhile.
        path: The file of the copy, which must be new; None for a temporary one that disappears when the copy
            is closed.

    Raises:
        RecordError: The copy cannot be written.
    """
    where = str(path) if path is not None else "a temporary copy of the record"
    with _connected(path, where) as connection:
        with record.reading() as source:
            source.backup(connection)
        connection.executescript(_UNGUARDED)
    return Record(connection, where)


def open_copy(path: Path) -> Record:
    """Open a copy in a file in order to change it; the caller closes it.

    Raises:
        RecordError: The copy cannot be opened.
    """
    with _connected(path, str(path)) as connection:
        connection.executescript(_UNGUARDED)
    return Record(connection, str(path))


@contextmanager
def _connected(path: Path | None, where: str) -> Iterator[sqlite3.Connection]:
    """Connect to the file of a copy, or to a temporary one; close the connection only on an error.

    Raises:
        RecordError: The file cannot be opened or written.
    """
    connection = None
    try:
        if path is not None:
            make_private(path)
        connection = sqlite3.connect(path or "", timeout=PATIENCE, isolation_level=None)
        yield connection
    except (sqlite3.Error, OSError) as error:
        if connection is not None:
            connection.close()
        raise RecordError(where=where, message=f"cannot be written: {error}") from error


def change_events(copy: Record, changes: EventChanges) -> list[str]:
    """Hide and show events in a copy, within the open transaction.

    Entries that lose an event are removed.

    Returns:
        The ids of events that now have no entry, by day: those shown and those of removed entries.
    """
    with copy.reading() as connection:
        connection.execute("CREATE TEMP TABLE hidden_events (number INTEGER PRIMARY KEY)")
        connection.executemany(
            "INSERT INTO hidden_events SELECT number FROM events WHERE id = ?",
            [(name,) for name in sorted(changes.hidden)],
        )
        left = _remove_entries(connection)
        _delete_hidden(connection)
        added = _insert_shown(connection, changes)
        if len(changes.hidden) >= _MANY:
            rebuild_keys(connection)
        connection.execute("DROP TABLE temp.hidden_events")
        query = "SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?)) ORDER BY day, number"
        return [name for (name,) in connection.execute(query, (encode([*left, *added]),))]


def changes_between(record: Record, before: EventChanges, after: EventChanges) -> EventChanges:
    """Return what to change in a copy to replace the changes that it has with others.

    Args:
        record: The record, unchanged since it was copied except for its readings.
        before: The changes that the copy has.
        after: The changes that it should have.
    """
    one, other = before.events(), after.events()
    hidden: set[str] = set()
    shown: dict[str, tuple[Event, ...]] = {}
    for name in sorted(one.keys() | other.keys()):
        if name in one and name in other and one[name] == other[name]:
            continue
        hidden.add(name)
        # An event that is no longer changed is shown as coded, unless a reader had added it.
        event = other[name] if name in other else _coded_event(record, name)
        if event is not None:
            shown[event[0]] = (*shown.get(event[0], ()), event[1])
    return EventChanges(hidden=frozenset(hidden), shown=shown)


def _coded_event(record: Record, event_id: str) -> tuple[str, Event] | None:
    try:
        stored = record.event(event_id)
    except NotFoundError:
        return None
    return stored.document_id, stored.event


def change_confidence(copy: Record, changed: Callable[[StoredEvent], float]) -> None:
    """Change the confidence of every event of a copy, within the open transaction.

    Args:
        copy: The copy.
        changed: Returns the new confidence of an event, 0 to 1.
    """
    with copy.reading() as connection:
        for stored in list(copy):
            event = stored.event
            confidence = changed(stored)
            if confidence == event.confidence:
                continue
            body = encode(msgspec.structs.replace(event, confidence=confidence))
            connection.execute(
                "UPDATE event_bodies SET body = ? WHERE number = (SELECT number FROM events WHERE id = ?)",
                (body, event.id),
            )
            connection.execute("UPDATE events SET confidence = ? WHERE id = ?", (confidence, event.id))


def _remove_entries(connection: sqlite3.Connection) -> list[str]:
    """Remove the entries of hidden events; return the ids of their other events."""
    connection.execute(
        "CREATE TEMP TABLE removed_entries AS SELECT DISTINCT entry_id FROM entry_events"
        " WHERE event IN (SELECT number FROM hidden_events)"
    )
    rows = connection.execute(
        "SELECT e.id FROM entry_events AS m JOIN events AS e ON e.number = m.event"
        " WHERE m.entry_id IN (SELECT entry_id FROM removed_entries)"
        " AND m.event NOT IN (SELECT number FROM hidden_events)"
    ).fetchall()
    for table, column in (("entry_events", "entry_id"), ("entries", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT entry_id FROM removed_entries)")
    connection.execute("DROP TABLE temp.removed_entries")
    return [name for (name,) in rows]


def _delete_hidden(connection: sqlite3.Connection) -> None:
    numbers = [number for (number,) in connection.execute("SELECT number FROM hidden_events")]
    if len(numbers) >= _MANY:
        connection.execute("DELETE FROM events WHERE number IN (SELECT number FROM hidden_events)")
        return
    counts = DailyCounts()
    for number in numbers:
        delete_event(connection, number, counts=counts)
    counts.write(connection)


def _insert_shown(connection: sqlite3.Connection, changes: EventChanges) -> list[str]:
    counts = DailyCounts()
    added = []
    for name, events in sorted(changes.shown.items()):
        number, *row = connection.execute(
            "SELECT number, id, text, title, published_on, publisher, url, language FROM documents"
            " WHERE id = ?",
            (name,),
        ).fetchone()
        for event in events:
            insert_event(connection, event, document=document_of(tuple(row)), number=number, counts=counts)
            added.append(event.id)
    counts.write(connection)
    return added
