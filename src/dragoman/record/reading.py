"""Queries about documents and events. `store.Record` inherits these.

All lists are returned in pages that continue after the end of the previous one (a day and a number), so a
late page costs no more than the first.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import sys
from typing import TYPE_CHECKING, Literal

from dragoman.errors import NotFoundError, RecordError, UsageError
from dragoman.model.documents import Document
from dragoman.record.answers import Found, StoredEvent
from dragoman.record.counted import PART_OF, counts_of, is_only_of, stored_key
from dragoman.record.event_results import EventResults
from dragoman.record.full_text import in_brackets, parse_words, snippet_parts
from dragoman.record.queries import (
    MANY_WITH_WORDS,
    ORDERS,
    WORDS,
    EventFilter,
    choose,
    daily_clauses,
    keys_wanted,
    read_cursor,
    write_cursor,
)
from dragoman.record.rows import ATTRIBUTION, EVENT
from dragoman.record.tables import ALL, PARTY, PUBLISHER, SPEAKER
from dragoman.record.time_limit import limited

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from dragoman.model.records import Attribution
    from dragoman.record.queries import Order

By = Literal[
    "event_type", "event_mode", "quad_class", "factuality", "polarity", "publisher", "day", "month", "year",
    "actor", "recipient", "party", "speaker", "context", "document",
]  # fmt: skip
# Limit of the count that determines which key is the rarer one.
_SELDOM = 2000
# Maximum time of a search, in seconds.
SEARCH_SECONDS = 5.0
# Maximum number of documents that a search ranks, divided by its number of words; and the minimum.
_RANKED, _LEAST_RANKED = 100_000, 2_000
# Sorts after every character that an id can contain.
_LAST_CHARACTER = chr(sys.maxunicode)
# Number of events read with one query.
_FIRST_AT_ONCE = 64
_AT_ONCE = 1_000
_DOCUMENT = "SELECT id, text, title, published_on, publisher, url, language FROM documents"
_COLUMNS = {
    "event_type": "e.event_type", "event_mode": "e.event_mode", "quad_class": "e.quad_class",
    "factuality": "e.factuality", "polarity": "e.polarity", "publisher": "e.publisher",
    "day": "e.day", "month": "substr(e.day, 1, 7)", "year": "substr(e.day, 1, 4)",
    "document": "(SELECT id FROM documents WHERE number = e.document)",
}  # fmt: skip
_KEYED = ("actor", "recipient", "speaker", "party", "context")
_NAMED = {
    "actor": ("actor", "actor"), "recipient": ("recipient", "recipient"), "speaker": ("speaker", "speaker"),
    "party": ("actor", "recipient"),
}  # fmt: skip
_PERIODS = {"day": "day", "month": "substr(day, 1, 7)", "year": "substr(day, 1, 4)"}
_EVENT_COLUMNS = "d.id, d.published_on, d.publisher, e.day, b.body"


class Reading:
    """Queries about documents and events."""

    _connection: sqlite3.Connection
    _where: str

    # Documents --------------------------------------------------------------------------------------

    def document(self, document_id: str) -> Document:
        """Return one document.

        Raises:
            NotFoundError: The id is not in the record.
        """
        row = self._connection.execute(f"{_DOCUMENT} WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise NotFoundError(what="document", name=document_id, hint="list them with: dragoman documents")
        return document_of(row)

    def documents(self) -> Iterator[Document]:
        """Yield all documents, by id."""
        for row in self._connection.execute(f"{_DOCUMENT} ORDER BY id"):
            yield document_of(row)

    def document_page(
        self, *, cursor: str | None = None, limit: int = 50, order: Order = "newest"
    ) -> tuple[list[Document], str | None]:
        """Return a page of documents by day of publication, and the cursor of the next page."""
        check_page(limit, order)
        compare, direction = ("<", "DESC") if order == "newest" else (">", "ASC")
        where, values = "", []
        if cursor is not None:
            where = f"WHERE (coalesce(published_on, ''), number) {compare} (?, ?)"
            values = list(read_cursor(cursor))
        rows = self._connection.execute(
            f"SELECT number, id, text, title, published_on, publisher, url, language FROM documents {where}"
            f" ORDER BY coalesce(published_on, '') {direction}, number {direction} LIMIT ?",
            (*values, limit + 1),
        ).fetchall()
        more = len(rows) > limit
        last = rows[:limit][-1] if rows else None
        following = write_cursor(last[4] or "", last[0]) if more and last else None
        return [document_of(row[1:]) for row in rows[:limit]], following

    def input_hash(self, document_id: str) -> str | None:
        """Return the hash of what a document was coded from and with, or None if it is not in the record."""
        row = self._connection.execute(
            "SELECT input_hash FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return row[0] if row else None

    def search(self, text: str, *, limit: int = 20) -> list[Found]:
        """Return the documents that contain all these words, best match first.

        If there are very many matches, only the newest are ranked: the 100,000 added last for one word,
        50,000 for two.

        Args:
            text: Words; "in quotes" for a phrase, word* for a prefix.
            limit: Maximum number of results.

        Raises:
            UsageError: The text contains no word, or too many.
            QueryTimeError: The search took longer than `SEARCH_SECONDS`.
        """
        terms = parse_words(text)
        match = " AND ".join(written for written, _ in terms)
        # Documents are ranked before their texts are joined; each further word makes ranking slower.
        most = max(_LEAST_RANKED, _RANKED // len(terms))
        query = (
            "SELECT d.id, d.title, d.published_on, d.publisher, d.text FROM"
            " (SELECT number, score FROM"
            "  (SELECT rowid AS number, bm25(document_text, 4.0, 1.0) AS score FROM document_text"
            "   WHERE document_text MATCH ? ORDER BY rowid DESC LIMIT ?)"
            "  ORDER BY score, number LIMIT ?) AS best"
            " CROSS JOIN documents AS d ON d.number = best.number ORDER BY best.score, best.number"
        )
        with limited(self._connection, SEARCH_SECONDS):
            rows = self._connection.execute(query, (match, most, limit)).fetchall()
        searched = [term for _, term in terms]
        snippets = [tuple(snippet_parts(row[-1], searched)) for row in rows]
        return [
            Found(
                document_id=name, title=title, published_on=read_day(day), publisher=publisher,
                snippet=in_brackets(parts), parts=parts,
            )
            for (name, title, day, publisher, _), parts in zip(rows, snippets, strict=True)
        ]  # fmt: skip

    # Events -----------------------------------------------------------------------------------------

    def events(self, wanted: EventFilter | None = None) -> EventResults:
        """Return the events that a filter selects, oldest first.

        The result is an iterator with `to_arrow`, `to_pandas` and `to_polars`.
        """
        return EventResults(functools.partial(self._oldest_first, wanted or EventFilter()), self._where)

    def _oldest_first(self, wanted: EventFilter) -> Iterator[StoredEvent]:
        for stored, _, _ in self._walk(wanted, order="oldest", cursor=None, limit=wanted.limit):
            yield stored

    def __len__(self) -> int:
        """Return how many events the record has, including background without a date and negations."""
        return self.total(EventFilter(background=True, negations=True))

    def __iter__(self) -> Iterator[StoredEvent]:
        """Yield all events of the record, the oldest first, with undated background and negations."""
        return self._oldest_first(EventFilter(background=True, negations=True))

    def __bool__(self) -> bool:
        """Return True, also for a record without events."""
        return True

    def page(
        self,
        wanted: EventFilter | None = None,
        *,
        cursor: str | None = None,
        limit: int = 50,
        order: Order = "newest",
    ) -> tuple[list[StoredEvent], str | None]:
        """Return one page of events, and the cursor of the next page (None at the end).

        Args:
            wanted: The filter; its own `limit` is ignored.
            cursor: Cursor returned with the previous page.
            limit: Number of events per page.
            order: "newest" or "oldest" first, by the day of the event.

        Raises:
            UsageError: The cursor is invalid, or the limit or the order is wrong.
        """
        check_page(limit, order)
        found = list(self._walk(wanted or EventFilter(), order=order, cursor=cursor, limit=limit + 1))
        events = [stored for stored, _, _ in found[:limit]]
        if len(found) <= limit:
            return events, None
        _, day, number = found[limit - 1]
        return events, write_cursor(day, number)

    def event(self, event_id: str) -> StoredEvent:
        """Return one event.

        Raises:
            NotFoundError: The id is not in the record.
        """
        query = (
            f"SELECT {_EVENT_COLUMNS} FROM events AS e JOIN documents AS d ON d.number = e.document"
            " JOIN event_bodies AS b ON b.number = e.number WHERE e.id = ?"
        )
        row = self._connection.execute(query, (event_id,)).fetchone()
        if row is None:
            raise NotFoundError(what="event", name=event_id, hint="list them with: dragoman events")
        return event_of(row)

    def _walk(
        self, wanted: EventFilter, *, order: Order, cursor: str | None, limit: int | None
    ) -> Iterator[tuple[StoredEvent, str, int]]:
        choice = choose(wanted, seldom=self._seldom, first_few=limit is not None)
        direction, compare = ("DESC", "<") if order == "newest" else ("ASC", ">")
        clauses, values = list(choice.clauses), list(choice.values)
        begin = read_cursor(cursor) if cursor is not None else None
        if begin is not None and wanted.one_a_day:
            # The day is read again from its beginning, to determine which of its events were already
            # returned.
            clauses.append(f"{choice.day} {compare}= ?")
            values.append(begin[0])
        elif begin is not None:
            clauses.append(f"({choice.day}, {choice.number}) {compare} (?, ?)")
            values += begin
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        numbers = (
            f"SELECT {choice.day}, {choice.number}, e.signature FROM {choice.tables} {where}"
            f" ORDER BY {choice.day} {direction}, {choice.number} {direction}"
        )
        if limit is not None and not wanted.one_a_day:
            numbers += " LIMIT ?"
            values.append(limit)
        rows = self._connection.execute(numbers, values)
        found = self._one_a_day(rows, begin, compare) if wanted.one_a_day else rows
        wanted_rows = itertools.islice(found, limit)
        # A few events first, for callers who only need those; then many at a time, which takes far less time
        # per event.
        for size in itertools.chain((_FIRST_AT_ONCE,), itertools.repeat(_AT_ONCE)):
            numbered = [(day, number) for day, number, _ in itertools.islice(wanted_rows, size)]
            if not numbered:
                return
            events = self._events_at([number for _, number in numbered])
            yield from ((events[number], day, number) for day, number in numbered)

    def _one_a_day(
        self, rows: Iterator[tuple[str, int, int]], begin: tuple[str, int] | None, compare: str
    ) -> Iterator[tuple[str, int, int]]:
        today, seen = "", set[int]()
        for day, number, signature in rows:
            if day != today:
                today, seen = day, set()
            if signature in seen:
                continue
            seen.add(signature)
            if begin is not None and day == begin[0]:
                given = number >= begin[1] if compare == "<" else number <= begin[1]
                if given:
                    continue
            yield day, number, signature

    def _events_at(self, numbers: list[int]) -> dict[int, StoredEvent]:
        query = (
            f"SELECT e.number, {_EVENT_COLUMNS} FROM json_each(?) AS j"
            " CROSS JOIN events AS e ON e.number = j.value"
            " CROSS JOIN documents AS d ON d.number = e.document"
            " CROSS JOIN event_bodies AS b ON b.number = e.number"
        )
        rows = self._connection.execute(query, (str(numbers),))
        events = {row[0]: event_of(row[1:]) for row in rows}
        if len(events) < len(numbers):
            raise RecordError(where=self._where, message="changed while it was being read; repeat the query")
        return events

    def _seldom(self, part: str, key: str) -> int:
        if part == PUBLISHER:
            query, values = "SELECT 1 FROM events WHERE publisher = ?", [key]
        elif part == WORDS:
            query, values = "SELECT 1 FROM event_text WHERE event_text MATCH ?", [key]
        else:
            query, values = "SELECT 1 FROM event_keys WHERE part = ? AND key = ?", [part, key]
        most = MANY_WITH_WORDS if part == WORDS else _SELDOM
        row = self._connection.execute(f"SELECT count(*) FROM ({query} LIMIT {most})", values).fetchone()
        return int(row[0])

    def has_party(self, key: str) -> bool:
        """Return True if there are events with a party or a speaker of this id or country."""
        query = "SELECT 1 FROM event_keys WHERE part IN (?, ?) AND key = ? LIMIT 1"
        return self._connection.execute(query, (PARTY, SPEAKER, key)).fetchone() is not None

    def find_id(self, kind: Literal["document", "story", "entry"], typed: str) -> str | None:
        """Return the full id for an id or a prefix of one; None if no id or more than one matches.

        Args:
            kind: The kind of object that the id identifies.
            typed: The id, or its prefix as printed in views.
        """
        table = {"document": "documents", "story": "stories", "entry": "entries"}[kind]
        if self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (typed,)).fetchone():
            return typed
        beginning = typed.rstrip("\u2026")
        if not beginning:
            return None
        # Uses the index: `substr` and LIKE would scan all ids.
        query = f"SELECT id FROM {table} WHERE id BETWEEN ? AND ? LIMIT 2"
        found = self._connection.execute(query, (beginning, f"{beginning}{_LAST_CHARACTER}")).fetchall()
        return str(found[0][0]) if len(found) == 1 else None

    def party_keys(self) -> list[str]:
        """Return the ids and countries of all parties, sorted."""
        rows = self._connection.execute("SELECT DISTINCT key FROM daily WHERE part = ? ORDER BY 1", (PARTY,))
        return [key for (key,) in rows]

    def publishers(self) -> list[str]:
        """Return the names of all publishers, sorted."""
        query = "SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL ORDER BY 1"
        return [name for (name,) in self._connection.execute(query)]

    def total(self, wanted: EventFilter | None = None) -> int:
        """Return the number of events that a filter selects."""
        wanted = wanted or EventFilter()
        keys = keys_wanted(wanted)
        if wanted.background and len(keys) == 1 and is_only_of(wanted, keys[0][0]):
            # Undated background is not in the stored counts, but under the same keys as all events.
            query = "SELECT count(*) FROM event_keys WHERE part = ? AND key = ?"
            return int(self._connection.execute(query, keys[0]).fetchone()[0])
        return sum(self.counts(wanted, by="quad_class").values())

    def counts(
        self, wanted: EventFilter | None = None, *, by: By, limit: int | None = None
    ) -> dict[str, int]:
        """Count the events that a filter selects, the largest count first; days in chronological order.

        An event of several actors counts once for each of them, under its id and under its country. Events
        without a value (no recipient, no publisher) are excluded, as are those without a day if days are
        counted.

        Args:
            wanted: The filter; its own `limit` is ignored.
            by: The field to count by.
            limit: Maximum number of counts.
        """
        wanted = wanted or EventFilter()
        if by not in _COLUMNS and by not in _KEYED:
            message = f"by={by!r}: use one of {', '.join((*_COLUMNS, *_KEYED))}"
            raise UsageError(message=message)
        query, values = self._daily_counts(wanted, by) or self._full_counts(wanted, by)
        rows = self._connection.execute(query, values).fetchall()
        found = [(str(name), int(count)) for name, count in rows if name not in (None, "") and count]
        if by in ("day", "month", "year"):
            found.sort()
        else:
            found.sort(key=lambda pair: (-pair[1], pair[0]))
        return dict(found[:limit])

    def _full_counts(self, wanted: EventFilter, by: str) -> tuple[str, list[str | float]]:
        choice = choose(wanted, seldom=self._seldom)
        values = list(choice.values)
        # The signature does not include the day, so both together identify one event per day.
        counted = f"count(DISTINCT {choice.day} || '|' || e.signature)" if wanted.one_a_day else "count(*)"
        tables = choice.tables
        column = _COLUMNS.get(by)
        where = choice.where
        if by in _NAMED:
            # Both the id and the country of a party count, each once per event.
            tables += (
                " CROSS JOIN event_parties AS p ON p.event = e.number, (SELECT 0 AS side UNION ALL SELECT 1)"
            )
            column = "CASE side WHEN 0 THEN p.actor_id ELSE p.country END"
            where += f"{' AND' if where else ' WHERE'} p.part IN (?, ?)"
            values += _NAMED[by]
            counted = counted if wanted.one_a_day else "count(DISTINCT e.number)"
        elif by == "context":
            tables += (
                " CROSS JOIN event_bodies AS b ON b.number = e.number, json_each(b.body, '$.contexts') AS j"
            )
            column = "j.value"
        return f"SELECT {column}, {counted} FROM {tables}{where} GROUP BY 1", values

    def _daily_counts(self, wanted: EventFilter, by: str) -> tuple[str, list[str | float]] | None:
        """Return the query over stored counts if they suffice, else None."""
        found = stored_key(wanted)
        if found is None:
            return None
        part, key = found
        if by in _PERIODS:
            clauses, values = daily_clauses(wanted)
            where = f"part = ? AND key = ?{clauses}"
            return f"SELECT {_PERIODS[by]}, sum(events) FROM daily WHERE {where} GROUP BY 1", [
                part,
                key,
                *values,
            ]
        if by == "quad_class":
            counts, values = counts_of(part, wanted, key=key)
            return f"SELECT quad_class, sum(events) FROM ({counts}) GROUP BY 1", values
        if part == ALL and by in PART_OF:
            counts, values = counts_of(PART_OF[by], wanted)
            return f"SELECT key, sum(events) FROM ({counts}) GROUP BY 1", values
        return None

    # The rest ---------------------------------------------------------------------------------------

    def attributions(self, document_id: str) -> list[Attribution]:
        """Return the attributions of a document, in order."""
        rows = self._connection.execute(
            "SELECT body FROM attributions WHERE document = (SELECT number FROM documents WHERE id = ?)"
            " ORDER BY position",
            (document_id,),
        )
        return [ATTRIBUTION.decode(body) for (body,) in rows]


def check_page(limit: int, order: str = "newest") -> None:
    """Raise an error for an invalid page."""
    if limit < 1:
        raise UsageError(message=f"limit {limit}: give 1 or more")
    if order not in ORDERS:
        raise UsageError(message=f"order {order!r}: use one of {', '.join(ORDERS)}")


def read_day(text: str | None) -> dt.date | None:
    """Return a day as a date from its form in the record; None for None and the empty day."""
    return dt.date.fromisoformat(text) if text else None


def document_of(row: tuple[str, ...]) -> Document:
    """Convert a row to a document."""
    name, text, title, published_on, publisher, url, language = row
    return Document(
        id=name, text=text, title=title, published_on=read_day(published_on), publisher=publisher, url=url,
        language=language,
    )  # fmt: skip


def event_of(row: tuple[str, ...]) -> StoredEvent:
    """Convert a row to a stored event."""
    document_id, published_on, publisher, day, body = row
    return StoredEvent(
        document_id=document_id, published_on=read_day(published_on), publisher=publisher,
        event=EVENT.decode(body), day=read_day(day),
    )  # fmt: skip
