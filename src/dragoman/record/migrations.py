"""Creation of the tables of a new file, and migrations of older files, each in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import RecordError
from dragoman.record.following import Following
from dragoman.record.reading import document_of
from dragoman.record.rows import EVENT, SUMS_OF_KEY, DailyCounts, daily_query, event_row, insert_event
from dragoman.record.tables import FACTUALITY, INDEXES, PUBLISHER, SCHEMA, TRIGGERS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

# Version 2 did not store how an event is reported. Its events keep their day until they are coded again.
_FROM_2 = """
ALTER TABLE events ADD COLUMN told_as TEXT NOT NULL DEFAULT 'current';
ALTER TABLE events ADD COLUMN background INTEGER NOT NULL DEFAULT 0;
"""
_NEWER = "has schema {version}, this program knows {known}; use a newer Dragoman"
# Version 3 counted neither places nor undirected pairs: keys and counts are rebuilt.
_FROM_3 = """
CREATE TABLE IF NOT EXISTS places (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT, latitude REAL, longitude REAL,
    precision TEXT NOT NULL
) WITHOUT ROWID;
"""
# Version 4 had no readings.
_FROM_4 = """
CREATE TABLE IF NOT EXISTS readings (
    id INTEGER PRIMARY KEY, document_id TEXT NOT NULL, reader TEXT NOT NULL, kind TEXT NOT NULL,
    made_at TEXT NOT NULL, verdict TEXT NOT NULL, event_id TEXT, event_type TEXT NOT NULL,
    trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL, body TEXT, changed TEXT NOT NULL,
    note TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS readings_by_event ON readings (event_id);
CREATE INDEX IF NOT EXISTS readings_by_document ON readings (document_id);
"""
# Version 6 had no sums and not all indexes, and counted neither by factuality nor by publisher.
_FROM_6 = """
CREATE TABLE IF NOT EXISTS sums (
    part TEXT NOT NULL, span TEXT NOT NULL, key TEXT NOT NULL, quad_class TEXT NOT NULL,
    firm INTEGER NOT NULL, events INTEGER NOT NULL, intensity INTEGER NOT NULL,
    PRIMARY KEY (part, span, key, quad_class, firm)
) WITHOUT ROWID;
"""
_INDEXES_FROM_6 = """
CREATE INDEX IF NOT EXISTS documents_by_publisher ON documents (publisher);
CREATE INDEX IF NOT EXISTS events_in_background ON events (number) WHERE background;
"""
# Version 7 did not store the origins of failures: these are matched by name until they occur again.
_FROM_7 = """
CREATE TABLE failures_with_place (
    file TEXT NOT NULL, member TEXT NOT NULL, position INTEGER NOT NULL, document_id TEXT NOT NULL,
    error TEXT NOT NULL, message TEXT NOT NULL, run_id INTEGER NOT NULL,
    PRIMARY KEY (file, member, position, document_id, message)
) WITHOUT ROWID;
INSERT INTO failures_with_place SELECT '', '', 0, document_id, error, message, run_id FROM failures;
DROP TABLE failures;
ALTER TABLE failures_with_place RENAME TO failures;
CREATE INDEX failures_by_name ON failures (document_id);
"""
_TABLES_OF_1 = ("documents", "events", "event_parties", "attributions", "failures", "runs")


def prepare(connection: sqlite3.Connection, where: str) -> None:
    """Create the tables of an empty file; migrate those of an older version.

    Raises:
        RecordError: The file is of a newer version, or not a record.
    """
    version = _version(connection)
    if version == VERSION:
        return
    if version > VERSION:
        raise RecordError(where=where, message=_NEWER.format(version=version, known=VERSION))
    # References are checked at the end; this cannot be set inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated the file meanwhile.
        version = _version(connection)
        if version == 0:
            _make(connection, where)
        elif version == 1:
            _from_1(connection, where)
        else:
            run_script(connection, _FROM_4 + _FROM_6 + _FROM_7)
            if version < 4:
                run_script(connection, (_FROM_2 if version == 2 else "") + _FROM_3)
                rebuild(connection)
            elif version < 7:
                _count_more(connection)
            run_script(connection, _INDEXES_FROM_6)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, msgspec.MsgspecError):
            message = f"cannot be brought up from version {version}: {error}; it was left as it is"
            raise RecordError(where=where, message=message) from error
        raise
    connection.execute("PRAGMA foreign_keys = ON")


def refuse_other_versions(connection: sqlite3.Connection, where: str) -> None:
    """Refuse a file that cannot be read without a migration; nothing is changed.

    Raises:
        RecordError: The file is of a newer or an older version, or not a record.
    """
    version = _version(connection)
    if version > VERSION:
        raise RecordError(where=where, message=_NEWER.format(version=version, known=VERSION))
    if version == 0:
        raise RecordError(
            where=where, message="is no record; create one with: dragoman ingest ... --record FILE"
        )
    if version < VERSION:
        message = (
            f"has schema {version}, this program reads {VERSION}, and reading changes nothing;"
            f" bring it up to date with: dragoman record rebuild --record {where}"
        )
        raise RecordError(where=where, message=message)


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of a script inside the open transaction."""
    # `executescript` would commit first.
    for statement in _statements(script):
        connection.execute(statement)


@contextmanager
def filling(connection: sqlite3.Connection) -> Iterator[Following]:
    """Suspend indexes and full text while many rows are inserted, inside the open transaction.

    Indexes, keys, counts and full text of the noted events are built in one pass at the end.
    """
    made = "SELECT type, name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    for kind, name in connection.execute(made).fetchall():
        connection.execute(f'DROP {kind} "{name}"')
    following = Following(connection)
    yield following
    following.write()
    run_script(connection, INDEXES)
    index_words(connection)
    run_script(connection, TRIGGERS)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _make(connection: sqlite3.Connection, where: str) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise RecordError(where=where, message="is an SQLite file but not a record; choose another file")
    run_script(connection, SCHEMA + TRIGGERS + INDEXES)


def _from_1(connection: sqlite3.Connection, where: str) -> None:
    """Version 1 had bodies in `events`, and neither keys, counts, full text, stories nor entries."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for (name,) in names.fetchall():
        connection.execute(f'DROP INDEX "{name}"')
    for table in _TABLES_OF_1:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    run_script(connection, SCHEMA + TRIGGERS)
    connection.execute(
        "INSERT INTO runs SELECT id, version, started_at, ended_at, documents, failures FROM old_runs"
    )
    connection.execute(
        "INSERT INTO documents (id, title, published_on, publisher, url, language, content_hash,"
        " run_id, text)"
        " SELECT id, title, published_on, publisher, url, language, content_hash, run_id, text FROM"
        " old_documents"
        " ORDER BY run_id, id"
    )
    connection.execute(
        "INSERT INTO failures SELECT '', '', 0, document_id, error, message, run_id FROM old_failures"
    )
    connection.execute(
        "INSERT INTO attributions SELECT d.number, a.position, a.speaker_id, a.speaker_country,"
        " CAST(a.body AS TEXT)"
        " FROM old_attributions AS a JOIN documents AS d ON d.id = a.document_id"
    )
    counts = DailyCounts()
    rows = connection.execute(
        "SELECT d.number, CAST(o.body AS TEXT), d.id, d.text, d.title, d.published_on, d.publisher,"
        " d.url, d.language"
        " FROM documents AS d JOIN old_events AS o ON o.document_id = d.id ORDER BY d.number, o.start, o.id"
    )
    for number, body, *document in rows:
        event = EVENT.decode(body)
        insert_event(connection, event, document=document_of(tuple(document)), number=number, counts=counts)
    counts.write(connection)
    for table in reversed(_TABLES_OF_1):
        connection.execute(f"DROP TABLE old_{table}")
    run_script(connection, INDEXES)
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        message = f"cannot be brought up to date: {len(broken)} broken references; it was left as it is"
        raise RecordError(where=where, message=message)


def _count_more(connection: sqlite3.Connection) -> None:
    """Also count events by factuality and publisher, and fill the sums."""
    connection.execute(
        f"INSERT INTO daily SELECT * FROM ({daily_query(connection)}) WHERE part IN (?, ?)",
        (FACTUALITY, PUBLISHER),
    )
    add_up(connection)


def add_up(connection: sqlite3.Connection) -> None:
    """Fill the empty table of sums from the daily counts."""
    # Key by key: sorting all daily counts of a large record at once takes far longer.
    keys = connection.execute("SELECT DISTINCT part, key FROM daily ORDER BY part, key").fetchall()
    connection.executemany(f"INSERT INTO sums {SUMS_OF_KEY}", [(*key, *key) for key in keys])


def rebuild(connection: sqlite3.Connection) -> None:
    """Rebuild keys, counts, parties and full text from the bodies, inside the open transaction."""
    rebuild_keys(connection)
    index_words(connection)


def rebuild_keys(connection: sqlite3.Connection) -> None:
    """Rebuild keys, counts and parties from the bodies, inside the open transaction."""
    for table in ("event_keys", "daily", "sums", "event_parties", "places"):
        connection.execute(f"DELETE FROM {table}")
    following = Following(connection)
    note_all(connection, following)
    following.write()


def note_all(connection: sqlite3.Connection, following: Following) -> None:
    """Note every event of the record; correct the columns of `events` that are derived from its body."""
    rows = connection.execute(
        "SELECT e.number, b.body, e.day, e.firm, e.signature, e.publisher, e.told_as, e.background,"
        " d.number, d.id, '', d.title, d.published_on, d.publisher, d.url, d.language"
        " FROM events AS e JOIN event_bodies AS b ON b.number = e.number"
        " JOIN documents AS d ON d.number = e.document ORDER BY e.number"
    )
    for event_number, body, *kept in rows:
        there, (number, *document) = tuple(kept[:6]), kept[6:]
        event = EVENT.decode(body)
        row = event_row(
            event, document=document_of(tuple(document)), number=number, event_number=event_number
        )
        due = (row[3], row[11], row[16], row[14], row[17], row[18])
        if due != there:
            connection.execute(
                "UPDATE events SET day = ?, firm = ?, signature = ?, publisher = ?, told_as = ?,"
                " background = ? WHERE number = ?",
                (*due, event_number),
            )
        following.note(event, day=str(row[3]), publisher=document[4], number=event_number)


def index_words(connection: sqlite3.Connection) -> None:
    """Rebuild the full text."""
    for table in ("document_text", "event_text"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
