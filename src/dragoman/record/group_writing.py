"""Writing of stories and entries, in the same transaction as the documents that they are derived from."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from dragoman.record.grouping import Grouping
from dragoman.record.opening import record_error
from dragoman.record.reading import document_of, event_of, read_day
from dragoman.record.rows import encode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from dragoman.model.documents import Document
    from dragoman.record.answers import Contradiction, StoredEvent


# Documents or events that are held at once when many are to be grouped.
_AT_A_TIME = 500


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is written.

    Attributes:
        id: Its id.
        bucket: The properties that its events share: type, mode, parties, polarity.
        lead: The event that represents it.
        first_day: Day of its first event.
        last_day: Day of its last.
        documents: Number of documents.
        corroboration: Number of independent documents.
        contradictions: The differences between them.
    """

    id: str
    bucket: str
    lead: str
    first_day: dt.date | None
    last_day: dt.date | None
    documents: int
    corroboration: int
    contradictions: tuple[Contradiction, ...] = ()


class GroupWriting(Grouping):
    """Writing of stories and entries, and the transaction in which everything is written."""

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write several things in one transaction: all are stored if the block succeeds, else none.

        Raises:
            RecordError: The file cannot be written (disk full, locked for too long).
        """
        connection, inner = self._connection, self._connection.in_transaction
        try:
            connection.execute("SAVEPOINT step" if inner else "BEGIN IMMEDIATE")
            yield
            connection.execute("RELEASE step" if inner else "COMMIT")
        except BaseException as error:
            # SQLite itself rolls back the whole transaction if the disk is full.
            if connection.in_transaction:
                connection.execute("ROLLBACK TO step" if inner else "ROLLBACK")
                if inner:
                    connection.execute("RELEASE step")
            if isinstance(error, sqlite3.Error):
                message = (
                    f"cannot be written: {error}; nothing of this step was stored; all earlier steps are"
                )
                raise record_error(error)(where=self._where, message=message) from error
            raise

    # Stories ----------------------------------------------------------------------------------------

    def put_stories(self, members: dict[str, str]) -> set[str]:
        """Assign documents to their current stories; return the stories that this changes."""
        touched = set(members.values())
        for document_id, story_id in members.items():
            row = self._connection.execute(
                "SELECT d.number, s.story_id FROM documents AS d LEFT JOIN story_documents AS s"
                " ON s.document = d.number WHERE d.id = ?",
                (document_id,),
            ).fetchone()
            if row is None or row[1] == story_id:
                continue
            if row[1] is not None:
                touched.add(row[1])
            self._connection.execute(
                "INSERT INTO story_documents VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET story_id ="
                " excluded.story_id",
                (row[0], story_id),
            )
        for story_id in touched:
            self._refresh_story(story_id)
        return touched

    def put_independent(self, story_id: str, document_ids: Iterable[str]) -> None:
        """Store which reports of a story are independent."""
        self._connection.execute(
            "UPDATE story_documents SET independent = document IN"
            " (SELECT number FROM documents WHERE id IN (SELECT value FROM json_each(?))) WHERE story_id = ?",
            (encode(sorted(document_ids)), story_id),
        )
        self._refresh_story(story_id)

    def _refresh_story(self, story_id: str) -> None:
        self._connection.execute("DELETE FROM stories WHERE id = ?", (story_id,))
        self._connection.execute(
            "INSERT INTO stories SELECT s.story_id, (SELECT f.title FROM story_documents AS t JOIN"
            " documents AS f"
            " ON f.number = t.document WHERE t.story_id = s.story_id ORDER BY f.title IS NULL,"
            " f.published_on IS NULL,"
            " f.published_on, f.number LIMIT 1), min(d.published_on), max(d.published_on), count(*),"
            " count(DISTINCT d.publisher), sum(s.independent) FROM story_documents AS s"
            " JOIN documents AS d ON d.number = s.document WHERE s.story_id = ? GROUP BY s.story_id",
            (story_id,),
        )

    def story_members(self, document_ids: Iterable[str]) -> dict[str, str | None]:
        """Return the story of each of these documents that is in the record; None if it has none."""
        rows = self._connection.execute(
            "SELECT d.id, s.story_id FROM documents AS d LEFT JOIN story_documents AS s"
            " ON s.document = d.number WHERE d.id IN (SELECT value FROM json_each(?))",
            (encode(sorted(document_ids)),),
        )
        return dict(rows.fetchall())

    def story_state(self) -> tuple[int, bytes] | None:
        """Return what `keep_story_state` stored, with the number of the last document that it covers."""
        row = self._connection.execute("SELECT last_document, state FROM story_index").fetchone()
        return (int(row[0]), bytes(row[1])) if row else None

    def keep_story_state(self, state: bytes) -> None:
        """Store the state needed to continue grouping; it covers all documents currently in the record."""
        self._connection.execute(
            "INSERT OR REPLACE INTO story_index VALUES (1, (SELECT coalesce(max(number), 0) FROM"
            " documents), ?)",
            (state,),
        )

    def count_documents_after(self, number: int) -> int:
        """Return how many documents came in after a number."""
        query = "SELECT count(*) FROM documents WHERE number > ?"
        return int(self._connection.execute(query, (number,)).fetchone()[0])

    def documents_after(self, number: int) -> Iterator[list[Document]]:
        """Yield the documents that came in after a number, some at a time, in the order they came."""
        query = (
            "SELECT id, text, title, published_on, publisher, url, language, number FROM documents"
            " WHERE number > ? ORDER BY number LIMIT ?"
        )
        # Read some, not all while a query is open: who groups them writes between.
        while rows := self._connection.execute(query, (number, _AT_A_TIME)).fetchall():
            number = rows[-1][-1]
            yield [document_of(row[:-1]) for row in rows]

    def documents_by_day(self) -> Iterator[list[Document]]:
        """Yield all documents, some at a time, by day; those without a day first."""
        query = (
            "SELECT id, text, title, published_on, publisher, url, language, coalesce(published_on, ''),"
            " number FROM documents WHERE coalesce(published_on, '') >= :day"
            " AND (coalesce(published_on, '') > :day OR number > :number)"
            " ORDER BY coalesce(published_on, ''), number LIMIT :limit"
        )
        day, number = "", 0
        # The first condition lets the index be searched; a pair of values would be scanned for.
        while rows := self._connection.execute(
            query, {"day": day, "number": number, "limit": _AT_A_TIME}
        ).fetchall():
            day, number = rows[-1][-2:]
            yield [document_of(row[:-2]) for row in rows]

    def document_ids(self) -> set[str]:
        """Return the ids of all documents."""
        return {name for (name,) in self._connection.execute("SELECT id FROM documents")}

    # Entries ----------------------------------------------------------------------------------------

    def events_near(
        self, bucket: str, since: dt.date | None, until: dt.date | None, *, limit: int = -1
    ) -> list[tuple[str, StoredEvent, str | None]]:
        """Return the events of a bucket between two days: entry, event, the story of its document."""
        rows = self._connection.execute(
            "SELECT m.entry_id, s.story_id, d.id, d.published_on, d.publisher, e.day, b.body FROM"
            " entry_events AS m"
            " JOIN events AS e ON e.number = m.event JOIN documents AS d ON d.number = e.document"
            " JOIN event_bodies AS b ON b.number = e.number"
            " LEFT JOIN story_documents AS s ON s.document = e.document"
            " WHERE m.bucket = ? AND m.day BETWEEN ? AND ? ORDER BY m.day DESC, m.event DESC LIMIT ?",
            (bucket, since.isoformat() if since else "", until.isoformat() if until else "", limit),
        )
        return [(row[0], event_of(row[2:]), row[1]) for row in rows]

    def ungrouped_events(self) -> Iterator[list[StoredEvent]]:
        """Yield the events that are in no entry yet, some at a time, by day."""
        counts = "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM entry_events)"
        events, grouped = self._connection.execute(counts).fetchone()
        if events == grouped:
            return
        query = (
            "SELECT d.id, d.published_on, d.publisher, e.day, b.body, e.number FROM events AS e"
            " JOIN documents AS d ON d.number = e.document JOIN event_bodies AS b ON b.number = e.number"
            " WHERE (e.day, e.number) > (?, ?) AND e.number NOT IN (SELECT event FROM entry_events)"
            " ORDER BY e.day, e.number LIMIT ?"
        )
        last = ("", 0)
        while rows := self._connection.execute(query, (*last, _AT_A_TIME)).fetchall():
            last = (rows[-1][3], rows[-1][5])
            yield [event_of(row[:-1]) for row in rows]

    def put_in_entry(self, event_id: str, *, entry_id: str, bucket: str) -> None:
        """Assign an event to an entry; `write_entry` must follow."""
        self._connection.execute(
            "INSERT OR REPLACE INTO entry_events SELECT number, ?, ?, day FROM events WHERE id = ?",
            (entry_id, bucket, event_id),
        )

    def write_entry(self, entry: EntryRow) -> None:
        """Write the row of an entry."""
        first = entry.first_day.isoformat() if entry.first_day else ""
        last = entry.last_day.isoformat() if entry.last_day else ""
        self._connection.execute(
            "INSERT OR REPLACE INTO entries SELECT ?, ?, event_type, event_mode, quad_class, polarity,"
            " ?, ?, number,"
            " (SELECT count(*) FROM entry_events WHERE entry_id = ?), ?, ?, ? FROM events WHERE id = ?",
            (entry.id, entry.bucket, first, last, entry.id, entry.documents, entry.corroboration,
             encode(entry.contradictions), entry.lead),
        )  # fmt: skip

    def entry_mates(self, document_id: str) -> list[str]:
        """Return the events of other documents that share an entry with an event of this one."""
        rows = self._connection.execute(
            "SELECT o.id FROM entry_events AS n JOIN events AS o ON o.number = n.event"
            " WHERE n.entry_id IN (SELECT m.entry_id FROM documents AS d JOIN events AS e"
            " ON e.document = d.number JOIN entry_events AS m ON m.event = e.number WHERE d.id = :name)"
            " AND o.document <> (SELECT number FROM documents WHERE id = :name) ORDER BY o.number",
            {"name": document_id},
        )
        return [name for (name,) in rows]

    def contradicted_entries(self) -> set[str]:
        """Return the ids of the entries whose reports differ."""
        return {
            name
            for (name,) in self._connection.execute("SELECT id FROM entries WHERE contradictions <> '[]'")
        }

    def independent_among(self, document_ids: Iterable[str]) -> list[str]:
        """Return the documents that were found to be independent in their story."""
        rows = self._connection.execute(
            "SELECT d.id FROM documents AS d JOIN story_documents AS s ON s.document = d.number"
            " WHERE s.independent AND d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id",
            (encode(sorted(document_ids)),),
        )
        return [name for (name,) in rows]

    def newest_day(self) -> dt.date | None:
        """Return the day of the latest document."""
        # In the order of the index: `max(published_on)` would read all documents.
        query = "SELECT published_on FROM documents ORDER BY coalesce(published_on, '') DESC LIMIT 1"
        row = self._connection.execute(query).fetchone()
        return read_day(row[0]) if row else None

    def has_entry(self, entry_id: str) -> bool:
        """Return True if there is an entry with this id."""
        return (
            self._connection.execute("SELECT 1 FROM entries WHERE id = ?", (entry_id,)).fetchone() is not None
        )

    def bucket_of(self, entry_id: str) -> str | None:
        """Return an entry's bucket, or None if there is no such entry."""
        row = self._connection.execute("SELECT bucket FROM entries WHERE id = ?", (entry_id,)).fetchone()
        return row[0] if row else None

    def forget_groups(self) -> None:
        """Delete all stories and entries, so that they can be rebuilt."""
        for table in ("entry_events", "entries", "story_documents", "stories", "story_index"):
            self._connection.execute(f"DELETE FROM {table}")

    def _leave_groups(self, document_id: str) -> None:
        """Remove a document from its story and its events from their entries, before it is deleted."""
        row = self._connection.execute(
            "SELECT d.number, s.story_id FROM documents AS d LEFT JOIN story_documents AS s ON"
            " s.document = d.number"
            " WHERE d.id = ?",
            (document_id,),
        ).fetchone()
        if row is None:
            return
        entries = [
            name for (name,) in self._connection.execute(
                "SELECT DISTINCT m.entry_id FROM entry_events AS m JOIN events AS e ON e.number = m.event"
                " WHERE e.document = ?",
                (row[0],),
            )
        ]  # fmt: skip
        self._connection.execute(
            "DELETE FROM entry_events WHERE event IN (SELECT number FROM events WHERE document = ?)",
            (row[0],),
        )
        # Entries that lose an event are dissolved; their events are grouped again as ungrouped ones.
        for name in entries:
            self._connection.execute("DELETE FROM entry_events WHERE entry_id = ?", (name,))
            self._connection.execute("DELETE FROM entries WHERE id = ?", (name,))
        if row[1] is not None:
            self._connection.execute("DELETE FROM story_documents WHERE document = ?", (row[0],))
            self._refresh_story(row[1])
