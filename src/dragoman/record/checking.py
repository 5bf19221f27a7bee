"""Checks of a record file: broken pages, dangling references, differing words, wrong counts."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.model.days import FIRST_PUBLISHED, FIRST_YEAR, LAST_PUBLISHED, LAST_YEAR
from dragoman.record.reading import event_of
from dragoman.record.rows import ATTRIBUTION, SUMS_QUERY, daily_query, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.model.records import Attribution, Event
    from dragoman.record.answers import StoredEvent

# Beyond this number, faults of one kind are only counted.
_MOST = 100
# Page cache during a check, in KiB (negative: KiB, not pages).
_CACHE = -524288
_FULL_TEXT = {"document_text": "documents", "event_text": "event_bodies"}
_REMOVE = "remove it with: dragoman record remove"
_MEND = "mend with: dragoman record rebuild"


def find_faults(connection: sqlite3.Connection, tell: Callable[[str], None]) -> list[str]:
    """Return a line for each fault of a record; an empty list means that the record is intact.

    Args:
        connection: Open for reading.
        tell: Called with the name of each part before it is checked.
    """
    faults: list[str] = []
    kinds = {
        "pages of the file": _pages, "references": _references, "days": _days,
        "events and their words": _events,
        "attributions": _attributions, "counts": _counts, "full-text indexes": _full_text,
        "stories and entries": _groups,
    }  # fmt: skip
    # The entries of an index are looked up in the order of its table, all over the file.
    (cache,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = {_CACHE}")
    try:
        for name, kind in kinds.items():
            tell(name)
            found = list(kind(connection))
            faults += found[:_MOST]
            if len(found) > _MOST:
                faults.append(f"and {len(found) - _MOST} more of this kind")
    finally:
        connection.execute(f"PRAGMA cache_size = {cache}")
    return faults


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (found,) in connection.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield str(found)


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"broken reference: {table} row {row} to {parent}"
    query = "SELECT id FROM events WHERE number NOT IN (SELECT number FROM event_bodies)"
    for (name,) in connection.execute(query):
        yield f"event {name}: its body is missing"


def _days(connection: sqlite3.Connection) -> Iterator[str]:
    """Find dates that do not exist or are outside the supported range."""
    query = (
        "SELECT id, published_on FROM documents WHERE published_on IS NOT NULL"
        " AND NOT (published_on BETWEEN ? AND ? AND date(published_on) IS published_on)"
    )
    bounds = (FIRST_PUBLISHED.isoformat(), LAST_PUBLISHED.isoformat())
    for name, day in connection.execute(query, bounds):
        yield f"{name}: published on {day!r}, no day of a report; {_REMOVE} {name}"
    years = {"first": f"{FIRST_YEAR}-01-01", "last": f"{LAST_YEAR}-12-31"}
    query = (
        "SELECT d.id, e.id, e.day FROM events AS e JOIN documents AS d ON d.number = e.document WHERE"
        " (e.day <> '' AND NOT (e.day BETWEEN :first AND :last AND date(e.day) IS e.day))"
        " OR (e.starts_on IS NOT NULL AND NOT (e.starts_on BETWEEN :first AND :last))"
        " OR (e.ends_on IS NOT NULL AND NOT (e.ends_on BETWEEN :first AND :last))"
    )
    for name, event, day in connection.execute(query, years):
        yield f"{name}: event {event} has a day that cannot be ({day!r}); {_REMOVE} {name}"


def _events(connection: sqlite3.Connection) -> Iterator[str]:
    document_id, text, expected, sum_of_keys = "", "", 0, 0
    for row, stored in _stored_events(connection):
        if isinstance(stored, str):
            yield stored
            continue
        if stored.document_id != document_id:
            document_id, text = stored.document_id, row[5]
        for start, end, words in spans_of(stored.event):
            if not 0 <= start <= end <= len(text):
                yield f"{document_id}: event {stored.event.id}: {start} to {end} is outside the text"
            elif text[start:end] != words:
                yield f"{document_id}: event {stored.event.id}: words differ at {start}"
        for part, key in keys_of(stored.event):
            expected += 1
            sum_of_keys += hash((part, key, row[3], row[6]))
    there = 0
    # One pass over the keys; each key is looked up only if the sums of their hashes differ.
    for key in connection.execute("SELECT part, key, day, event FROM event_keys"):
        there += 1
        sum_of_keys -= hash(key)
    if sum_of_keys:
        yield from _missing_keys(connection)
    if there != expected:
        yield f"{there} keys of events, {expected} expected; {_MEND}"


def _stored_events(connection: sqlite3.Connection) -> Iterator[tuple[tuple[Any, ...], StoredEvent | str]]:
    """Yield the row of each event with the event, or with the fault that keeps it from being read."""
    rows = connection.execute(
        "SELECT d.id, d.published_on, d.publisher, e.day, b.body, d.text, e.number FROM documents AS d"
        " JOIN events AS e ON e.document = d.number JOIN event_bodies AS b ON b.number = e.number"
        " ORDER BY d.number"
    )
    for row in rows:
        try:
            yield row, event_of(row[:5])
        except (ValueError, msgspec.MsgspecError) as error:
            yield row, f"{row[0]}: event {row[6]} cannot be read: {error}; {_REMOVE} {row[0]}"


def _missing_keys(connection: sqlite3.Connection) -> Iterator[str]:
    query = "SELECT 1 FROM event_keys WHERE part = ? AND key = ? AND day = ? AND event = ?"
    for row, stored in _stored_events(connection):
        if isinstance(stored, str):
            continue
        for part, key in sorted(keys_of(stored.event)):
            if not connection.execute(query, (part, key, row[3], row[6])).fetchone():
                yield f"{stored.document_id}: event {stored.event.id}: not found under {part} {key}"


def spans_of(event: Event) -> Iterator[tuple[int, int, str]]:
    """Yield every span of text that an event refers to, with the words stored for it."""
    spans: list[Any] = [
        *event.actors,
        *event.recipients,
        *event.speaker,
        event.evidence,
        event.trigger,
        *event.amounts,
    ]
    spans += [
        s for s in (event.place, event.cue, event.issue, event.condition, event.consequence) if s is not None
    ]
    yield from ((span.start, span.end, span.text) for span in spans)
    date = event.event_date
    if (
        date is not None
        and date.text is not None
        and date.start_char is not None
        and date.end_char is not None
    ):
        yield date.start_char, date.end_char, date.text


def _attributions(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT d.id, d.text, a.position, a.body FROM attributions AS a JOIN documents AS d ON d.number"
        " = a.document"
        " ORDER BY a.document, a.position"
    )
    for document_id, text, position, body in rows:
        attribution = ATTRIBUTION.decode(body)
        for start, end, words in _attribution_spans(attribution):
            if not 0 <= start <= end <= len(text):
                yield f"{document_id}: attribution {position}: {start} to {end} is outside the text"
            elif words is not None and text[start:end] != words:
                yield f"{document_id}: attribution {position}: words differ at {start}"


def _attribution_spans(attribution: Attribution) -> Iterator[tuple[int, int, str | None]]:
    for span in (attribution.speaker_span, attribution.cue):
        if span is not None:
            yield span.start, span.end, span.text
    yield from ((start, end, None) for start, end in attribution.content)


def _counts(connection: sqlite3.Connection) -> Iterator[str]:
    days = list(_count_faults(connection, "daily", "part, key, day", daily_query(connection)))
    yield from days
    # Sums are derived from daily counts: wrong ones need not be reported twice.
    if not days:
        yield from _count_faults(connection, "sums", "part, span, key", SUMS_QUERY)


def _count_faults(connection: sqlite3.Connection, table: str, key_names: str, due: str) -> Iterator[str]:
    """Compare a table of counts with the rows that it should have, as returned by a query."""
    names = f"{key_names}, quad_class, firm"
    # One query without a temporary table, so that records on read-only file systems can be checked.
    query = (
        f"WITH expected ({names}, events, intensity) AS MATERIALIZED ({due})"
        f" SELECT 'off', {names} FROM (SELECT * FROM expected EXCEPT SELECT * FROM {table})"
        f" UNION ALL SELECT 'spare', {names} FROM"
        f" (SELECT {names} FROM {table} EXCEPT SELECT {names} FROM expected)"
    )
    what = {"daily": "daily counts", "sums": "sums of counts"}[table]
    for kind, *key in connection.execute(query):
        words = " ".join(map(str, key))
        if kind == "off":
            yield f"{what} are off for {words}; {_MEND}"
        else:
            yield f"{what} without events: {words}; {_MEND}"


def _full_text(connection: sqlite3.Connection) -> Iterator[str]:
    for table, rows in _FULL_TEXT.items():
        query = f"SELECT number FROM {rows} EXCEPT SELECT id FROM {table}_docsize"
        missing = len(connection.execute(query).fetchall())
        query = f"SELECT id FROM {table}_docsize EXCEPT SELECT number FROM {rows}"
        spare = len(connection.execute(query).fetchall())
        if missing or spare:
            yield f"full text {table}: {missing} rows are missing, {spare} too many; {_MEND}"


def find_text_faults(connection: sqlite3.Connection) -> list[str]:
    """Compare the full-text indexes word for word with the texts that they index.

    SQLite runs this check only on a writable connection, although it writes nothing; other writers wait
    meanwhile. The check is skipped while another process writes, or if nothing can be written.
    """
    (only_reads,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    faults = []
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        connection.execute(f"PRAGMA query_only = {only_reads}")
        return []
    try:
        for table in _FULL_TEXT:
            try:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorname.startswith("SQLITE_READONLY"):
                    return []
                faults.append(f"full text {table}: {error}; {_MEND}")
    finally:
        connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA query_only = {only_reads}")
    return faults


def _groups(connection: sqlite3.Connection) -> Iterator[str]:
    checks = {
        "story without documents":
            "SELECT id FROM stories WHERE id NOT IN (SELECT story_id FROM story_documents)",
        "document of a story that is not there":
            "SELECT d.id FROM story_documents AS s JOIN documents AS d ON d.number = s.document"
            " WHERE s.story_id NOT IN (SELECT id FROM stories)",
        "entry without events": "SELECT id FROM entries WHERE id NOT IN (SELECT entry_id FROM entry_events)",
        "event of an entry that is not there":
            "SELECT e.id FROM entry_events AS m JOIN events AS e ON e.number = m.event"
            " WHERE m.entry_id NOT IN (SELECT id FROM entries)",
        "entry whose lead is not there":
            "SELECT id FROM entries WHERE lead NOT IN (SELECT number FROM events)",
        "story with a wrong number of documents":
            "SELECT id FROM stories WHERE documents <>"
            " (SELECT count(*) FROM story_documents WHERE story_id = stories.id)",
        "entry with a wrong number of events":
            "SELECT id FROM entries WHERE events <> (SELECT count(*) FROM entry_events WHERE entry_id ="
            " entries.id)",
    }  # fmt: skip
    for what, query in checks.items():
        for (name,) in connection.execute(query):
            yield f"{what}: {name}"
