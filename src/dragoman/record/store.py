"""The record: one SQLite file that documents, events, attributions and failures are kept in.

One process writes, any number read beside it (WAL). Everything of one document goes in at once or not
at all; adding the same coding twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import NotFoundError, RecordError
from dragoman.model.documents import Document, Failure
from dragoman.model.identity import content_id
from dragoman.model.records import Attribution, Event
from dragoman.record.queries import EventFilter, select_events
from dragoman.record.tables import SCHEMA, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from dragoman.model.records import ActorRef, CodedDocument

_ENCODER = msgspec.json.Encoder()
_EVENT = msgspec.json.Decoder(Event)
_ATTRIBUTION = msgspec.json.Decoder(Attribution)
# How long a writer waits for another before it gives up, in seconds.
_PATIENCE = 30.0


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the document it was coded from."""

    document_id: str
    published_on: dt.date | None
    publisher: str | None
    event: Event


class Record:
    """An open record file. Use it as a context manager, or call `close`."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self._connection = connection
        self._where = where

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Record:
        """Open a record file; make it when it is not there and `create` is true.

        Raises:
            NotFoundError: The file is not there and `create` is false.
            RecordError: The file is no record, or was written by a newer version.
        """
        if not create and not path.exists():
            raise NotFoundError(
                what="record", name=str(path), hint="make one with: dragoman code ... --record FILE"
            )
        try:
            connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _prepare(connection, str(path))
        except sqlite3.Error as error:
            raise RecordError(where=str(path), message=f"cannot be used as a record: {error}") from error
        return cls(connection, str(path))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise RecordError(where=self._where, message=f"nothing of this step was kept: {error}") from error
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    # Writing ----------------------------------------------------------------------------------------

    def begin_run(self, version: str) -> int:
        """Note that a run began; return its number."""
        with self._transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (version, started_at) VALUES (?, ?)", (version, _now())
            )
        return int(cursor.lastrowid or 0)

    def end_run(self, run_id: int, *, documents: int, failures: int) -> None:
        """Note that a run ended and what it did."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE runs SET ended_at = ?, documents = ?, failures = ? WHERE id = ?",
                (_now(), documents, failures, run_id),
            )

    def add(self, coded: CodedDocument, *, run_id: int) -> bool:
        """Keep a coded document; return whether anything changed.

        A document whose coding is already there is left as it is. One whose text or coding differs
        replaces what was there.
        """
        hashed = _hash_of(coded)
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT content_hash FROM documents WHERE id = ?", (coded.id,)
            ).fetchone()
            if row is not None and row[0] == hashed:
                return False
            connection.execute("DELETE FROM documents WHERE id = ?", (coded.id,))
            connection.execute("DELETE FROM failures WHERE document_id = ?", (coded.id,))
            _insert_document(connection, coded, hashed, run_id)
            for event in coded.events:
                _insert_event(connection, coded.id, event)
            for position, attribution in enumerate(coded.attributions):
                speaker = attribution.speaker
                connection.execute(
                    "INSERT INTO attributions VALUES (?, ?, ?, ?, ?)",
                    (coded.id, position, speaker.id if speaker else None,
                     speaker.country if speaker else None, _ENCODER.encode(attribution)),
                )  # fmt: skip
        return True

    def add_failure(self, failure: Failure, *, run_id: int) -> None:
        """Keep what could not be read or coded, once."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO failures VALUES (?, ?, ?, ?)",
                (failure.document_id, failure.error, failure.message, run_id),
            )

    # Reading ----------------------------------------------------------------------------------------

    def document(self, document_id: str) -> Document:
        """Return one document.

        Raises:
            NotFoundError: It is not in the record.
        """
        row = self._connection.execute(
            "SELECT id, text, title, published_on, publisher, url, language FROM documents WHERE id = ?",
            (document_id,),
        ).fetchone()
        if row is None:
            raise NotFoundError(what="document", name=document_id, hint="list them with: dragoman documents")
        return _document(row)

    def documents(self) -> Iterator[Document]:
        """Yield all documents, by id."""
        query = "SELECT id, text, title, published_on, publisher, url, language FROM documents ORDER BY id"
        for row in self._connection.execute(query):
            yield _document(row)

    def events(self, wanted: EventFilter | None = None) -> Iterator[StoredEvent]:
        """Yield the events that a filter lets through, by day, document and place in the text."""
        query, values = select_events(wanted or EventFilter())
        for document_id, published_on, publisher, body in self._connection.execute(query, values):
            yield StoredEvent(
                document_id=document_id,
                published_on=dt.date.fromisoformat(published_on) if published_on else None,
                publisher=publisher,
                event=_EVENT.decode(body),
            )

    def attributions(self, document_id: str) -> list[Attribution]:
        """Return the attributions of a document, in order."""
        rows = self._connection.execute(
            "SELECT body FROM attributions WHERE document_id = ? ORDER BY position", (document_id,)
        )
        return [_ATTRIBUTION.decode(body) for (body,) in rows]

    def failures(self) -> list[Failure]:
        """Return all failures, by document."""
        rows = self._connection.execute(
            "SELECT document_id, error, message FROM failures ORDER BY document_id, message"
        )
        return [Failure(document_id=name, error=error, message=message) for name, error, message in rows]

    def stats(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        tables = ("documents", "events", "attributions", "failures", "runs")
        counts = {}
        for table in tables:
            (counts[table],) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return counts

    def check(self) -> list[str]:
        """Return a line for each fault: an offset outside its text, words that differ, broken pages."""
        faults = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        faults += [
            f"broken reference: {tuple(row)}" for row in self._connection.execute("PRAGMA foreign_key_check")
        ]
        texts = {document.id: document.text for document in self.documents()}
        for stored in self.events():
            text = texts[stored.document_id]
            for span in _spans(stored.event):
                if text[span.start : span.end] != span.text:
                    faults.append(
                        f"{stored.document_id}: event {stored.event.id}: words differ at {span.start}"
                    )
        return faults


def _spans(event: Event) -> Iterator[ActorRef]:
    yield from (*event.actors, *event.recipients, *event.speaker)
    yield from (event.evidence, event.trigger, *event.amounts)  # type: ignore[misc]
    if event.place is not None:
        yield event.place  # type: ignore[misc]


def _prepare(connection: sqlite3.Connection, where: str) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise RecordError(
            where=where, message=f"has schema {version}, this program knows {VERSION}; use a newer Dragoman"
        )
    if version == VERSION:
        return
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise RecordError(where=where, message="is an SQLite file of something else; give another name")
    connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")


def _hash_of(coded: CodedDocument) -> str:
    body = _ENCODER.encode((coded.document, coded.events, coded.attributions))
    return content_id(body.decode("utf-8"), length=32)


def _insert_document(connection: sqlite3.Connection, coded: CodedDocument, hashed: str, run_id: int) -> None:
    document = coded.document
    day = document.published_on.isoformat() if document.published_on else None
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document.id, document.text, document.title, day, document.publisher, document.url,
         document.language, hashed, run_id),
    )  # fmt: skip


def _insert_event(connection: sqlite3.Connection, document_id: str, event: Event) -> None:
    date = event.event_date
    connection.execute(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event.id, document_id, event.event_type, event.event_mode, event.quad_class, event.factuality,
         date.start.isoformat() if date else None, date.end.isoformat() if date else None,
         event.trigger.start, _ENCODER.encode(event)),
    )  # fmt: skip
    parts = (("actor", event.actors), ("recipient", event.recipients), ("speaker", event.speaker))
    for part, refs in parts:
        for ref in refs:
            connection.execute(
                "INSERT OR IGNORE INTO event_parties VALUES (?, ?, ?, ?, ?, ?)",
                (event.id, part, ref.id, ref.country, ref.sector, ref.name),
            )


def _document(row: tuple[str, ...]) -> Document:
    name, text, title, published_on, publisher, url, language = row
    return Document(
        id=name, text=text, title=title,
        published_on=dt.date.fromisoformat(published_on) if published_on else None,
        publisher=publisher, url=url, language=language,
    )  # fmt: skip


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
