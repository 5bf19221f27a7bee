"""The record: one SQLite file with documents, events, attributions and failures.

One process writes while any number of others read (WAL). A document is stored completely or not at
all; adding the same coding twice changes nothing. Queries are in `reading`, `citing`, `pairs`,
`panels` and `grouping`.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.errors import QueryTimeError, RecordError, UnkeepableError
from dragoman.model.origins import UNKNOWN
from dragoman.record.answers import StoredEvent
from dragoman.record.backing import back_up
from dragoman.record.checking import find_faults, find_text_faults
from dragoman.record.failures import Failures
from dragoman.record.following import fill_document
from dragoman.record.migrations import filling, rebuild
from dragoman.record.opening import open_to_read, open_to_write
from dragoman.record.rows import DailyCounts, delete_document, hash_of, insert_document, refuse_bad_days
from dragoman.record.time_limit import is_interruption, limited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from dragoman.model.origins import Origin
    from dragoman.model.records import CodedDocument
    from dragoman.record.time_limit import TimeLimit

__all__ = ["Record", "StoredEvent"]

_UNGUARDED = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
PRAGMA secure_delete = OFF; PRAGMA temp.secure_delete = OFF; PRAGMA cache_size = -1048576; PRAGMA threads = 2;
"""
_TABLES = (
    "documents", "events", "attributions", "failures", "runs", "stories", "story_documents", "entries",
    "entry_events", "readings",
)  # fmt: skip


class Record(Failures):
    """An open record file. Use it as a context manager, or call `close`.

    It belongs to the thread that opened it; opening takes about a millisecond, so each request of a
    server opens its own.
    """

    def __init__(self, connection: sqlite3.Connection, where: str, *, limit: TimeLimit | None = None) -> None:
        self._connection = connection
        self._where = where
        self._limit = limit

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Record:
        """Open a record file for writing; create it if it does not exist and `create` is true.

        A file of an older version is migrated first. A new file is readable by its owner only.

        Raises:
            NotFoundError: The file does not exist and `create` is false.
            RecordError: The file is not a record, or was written by a newer version.
        """
        return cls(open_to_write(path, create=create), str(path))

    @classmethod
    def open_to_read(cls, path: Path, *, limit: TimeLimit | None = None) -> Record:
        """Open a record file for reading: neither it nor its folder is changed or needs to be writable.

        Args:
            path: The file.
            limit: Interrupts queries when its time is up.

        Raises:
            NotFoundError: The file does not exist.
            RecordError: The file is not a record, is of another version, or cannot be read.
            QueryTimeError: The time was already up.
        """
        connection = open_to_read(path)
        if limit is not None:
            try:
                limit.watch(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection, str(path), limit=limit)

    def close(self) -> None:
        """Close the file."""
        if self._limit is not None:
            self._limit.release(self._connection)
        self._connection.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            if is_interruption(error):
                why = self._limit.why if self._limit is not None else ""
                raise QueryTimeError(why=why or "interrupted") from error
            raise RecordError(where=self._where, message=f"cannot be read: {error}") from error

    # Writing ----------------------------------------------------------------------------------------

    def begin_run(self, version: str) -> int:
        """Store the beginning of a run; return its number."""
        with self.batch():
            cursor = self._connection.execute(
                "INSERT INTO runs (version, started_at) VALUES (?, ?)", (version, _now())
            )
        return int(cursor.lastrowid or 0)

    def end_run(self, run_id: int, *, documents: int, failures: int) -> None:
        """Store the end of a run and its results."""
        with self.batch():
            self._connection.execute(
                "UPDATE runs SET ended_at = ?, documents = ?, failures = ? WHERE id = ?",
                (_now(), documents, failures, run_id),
            )

    def add(
        self, coded: CodedDocument, *, run_id: int, input_hash: str | None = None, origin: Origin = UNKNOWN
    ) -> bool:
        """Store a coded document; return whether its coding changed.

        A document with the stored coding is left unchanged. If its text or coding differs, it
        replaces the stored one.

        Args:
            coded: The document and its coding.
            run_id: The run that coded it.
            input_hash: The hash that decides if it must be coded again, see `input_hash`.
            origin: Where it was read; failures of this name and origin are deleted.

        Raises:
            UnkeepableError: This document cannot be stored; others can.
            RecordError: The file cannot be written.
        """
        connection = self._connection
        refuse_bad_days(coded)
        try:
            with self.batch():
                row = connection.execute(
                    "SELECT content_hash FROM documents WHERE id = ?", (coded.id,)
                ).fetchone()
                self.answer_failures(coded.id, origin)
                if row is not None and row[0] == hash_of(coded):
                    connection.execute(
                        "UPDATE documents SET input_hash = ? WHERE id = ? AND input_hash IS NOT ?",
                        (input_hash, coded.id, input_hash),
                    )
                    return False
                counts = DailyCounts()
                if row is not None:
                    self._leave_groups(coded.id)
                    delete_document(connection, coded.id, counts=counts)
                insert_document(connection, coded, input_hash=input_hash, run_id=run_id, counts=counts)
                counts.write(connection)
                if row is not None:
                    self.match_readings(coded.id)
        except RecordError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError | sqlite3.DataError):
                raise UnkeepableError(where=coded.id, why=str(error.__cause__)) from error
            raise
        except (UnicodeError, OverflowError) as error:
            raise UnkeepableError(where=coded.id, why=str(error)) from error
        return True

    def fill(self, documents: Iterable[CodedDocument], *, run_id: int) -> int:
        """Add many coded documents at once, much faster than one by one.

        All are added or none. Derived rows are built in one pass at the end. The fastest way to create a
        large record is to fill one from `dragoman.record.building.new_record`.

        Args:
            documents: Documents that are not in the record.
            run_id: The run that coded them.

        Returns:
            The number of documents added.
        """
        count = 0
        with self.batch(), filling(self._connection) as following:
            for coded in documents:
                fill_document(self._connection, coded, run_id=run_id, following=following)
                count += 1
        return count

    def remove(self, document_id: str) -> bool:
        """Remove a document, its events and failures, or the failures of a file.

        Returns:
            True if the document was in the record.
        """
        counts = DailyCounts()
        with self.batch():
            self._leave_groups(document_id)
            was_there = delete_document(self._connection, document_id, counts=counts)
            self.remove_failures(document_id)
            counts.write(self._connection)
        return was_there

    def runs_of_documents(self) -> dict[str, str]:
        """Return for each document the version of the run that coded it."""
        query = "SELECT d.id, r.version FROM documents AS d JOIN runs AS r ON r.id = d.run_id"
        return dict(self._connection.execute(query))

    def rebuild(self) -> None:
        """Rebuild everything derived from documents and events: keys, counts, full text."""
        with self.batch():
            rebuild(self._connection)

    # Looking after ----------------------------------------------------------------------------------

    def stats(self, tables: Sequence[str] = _TABLES) -> dict[str, int]:
        """Return the number of rows of each table.

        Args:
            tables: The tables to count; all by default.
        """
        counts = {}
        for table in (table for table in _TABLES if table in tables):
            (counts[table],) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return counts

    def backup(self, target: Path) -> None:
        """Copy the record to a new file, which appears only when it is complete; others may write meanwhile.

        Raises:
            UsageError: The file already exists.
            RecordError: The file cannot be written.
        """
        back_up(self._connection, target)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Interrupt the queries of this block after a number of seconds.

        Raises:
            QueryTimeError: A query took longer.
        """
        with limited(self._connection, seconds):
            yield

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection to modules of this package; all reads see the same state."""
        if self._connection.in_transaction:
            yield self._connection
            return
        self._connection.execute("BEGIN")
        try:
            yield self._connection
        finally:
            self._connection.execute("ROLLBACK")

    def leave_journal(self) -> None:
        """Write without a journal from now on: fast, but a crash leaves a broken file."""
        self._connection.executescript(_UNGUARDED)

    def leave_wal(self) -> None:
        """Merge the record into one file; the next opening turns WAL on again."""
        self._connection.execute("PRAGMA journal_mode = DELETE")

    def check(self, *, tell: Callable[[str], None] | None = None) -> list[str]:
        """Return a line for each fault: an offset outside its text, words that differ, broken pages.

        The whole check sees the state of one moment, even while another process writes.

        Args:
            tell: Called with the name of each part before it is checked.
        """
        tell = tell or _tell_nobody
        alone = not self._connection.in_transaction
        try:
            with self.reading() as connection:
                faults = find_faults(connection, tell)
            if alone:
                tell("words of the full-text indexes")
                faults += find_text_faults(self._connection)
            return faults
        except sqlite3.DatabaseError as error:
            return [f"{self._where}: cannot be read through: {error}"]


def _tell_nobody(part: str) -> None:
    """Ignore progress."""


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
