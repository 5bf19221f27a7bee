"""Stories and entries in the record: which reports belong together, and which events are the same.

The record does not group them itself: it stores the groups that it is given and answers queries about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from dragoman.errors import NotFoundError
from dragoman.record.answers import Contradiction, StoredEntry, StoredStory
from dragoman.record.panels import Panels
from dragoman.record.queries import EventFilter, choose, read_cursor
from dragoman.record.reading import check_page, document_of, event_of, read_day

if TYPE_CHECKING:
    from dragoman.model.documents import Document
    from dragoman.record.answers import StoredEvent
    from dragoman.record.queries import Order

_CONTRADICTIONS = msgspec.json.Decoder(tuple[Contradiction, ...])
_STORY = "SELECT id, title, first_day, last_day, documents, publishers, independent FROM stories"
_EVENT = (
    "SELECT d.id, d.published_on, d.publisher, e.day, b.body FROM events AS e"
    " JOIN documents AS d ON d.number = e.document JOIN event_bodies AS b ON b.number = e.number"
)


# Entries whose lead event is background without a date.
_BACKGROUND_ENTRIES = (
    "SELECT g.id FROM events AS l CROSS JOIN entry_events AS n ON n.event = l.number"
    " CROSS JOIN entries AS g ON g.id = n.entry_id AND g.lead = l.number WHERE l.background"
)
_ENTRY = "id, lead, first_day, last_day, events, documents, corroboration, contradictions"
# Number of entries that are tested one by one; and number of events of a filter up to which all are found
# directly.
_TESTED, _FEW = 20_000, 2_000


class Grouping(Panels):
    """Queries about stories and entries."""

    def stories(
        self, *, cursor: str | None = None, limit: int = 50, least: int = 1
    ) -> tuple[list[StoredStory], str | None]:
        """Return a page of stories, those with the latest reports first, and the cursor of the next page.

        Args:
            cursor: Cursor returned with the previous page.
            limit: Number of stories per page.
            least: Exclude stories with fewer reports.
        """
        check_page(limit)
        day, name = _split(cursor) if cursor is not None else ("9999", "")
        rows = self._connection.execute(
            f"{_STORY} WHERE (coalesce(last_day, ''), id) < (?, ?) AND documents >= ?"
            " ORDER BY coalesce(last_day, '') DESC, id DESC LIMIT ?",
            (day, name, least, limit + 1),
        ).fetchall()
        found = [story_of(row) for row in rows[:limit]]
        return found, _join(found[-1].last_day, found[-1].id) if len(rows) > limit else None

    def story(self, story_id: str) -> StoredStory:
        """Return one story.

        Raises:
            NotFoundError: There is currently none with this id.
        """
        row = self._connection.execute(f"{_STORY} WHERE id = ?", (story_id,)).fetchone()
        if row is None:
            raise NotFoundError(what="story", name=story_id, hint="it may have been merged with another")
        return story_of(row)

    def story_documents(self, story_id: str) -> list[Document]:
        """Return the documents of a story, by day."""
        rows = self._connection.execute(
            "SELECT d.id, d.text, d.title, d.published_on, d.publisher, d.url, d.language"
            " FROM story_documents AS s JOIN documents AS d ON d.number = s.document WHERE s.story_id = ?"
            " ORDER BY d.published_on, d.id",
            (story_id,),
        )
        return [document_of(row) for row in rows]

    def story_document_ids(self, story_id: str) -> list[str]:
        """Return the ids of the documents of a story."""
        rows = self._connection.execute(
            "SELECT d.id FROM story_documents AS s JOIN documents AS d ON d.number = s.document"
            " WHERE s.story_id = ? ORDER BY d.id",
            (story_id,),
        )
        return [name for (name,) in rows]

    def story_of(self, document_id: str) -> str | None:
        """Return the story that a document belongs to, or None if it was not grouped."""
        row = self._connection.execute(
            "SELECT story_id FROM story_documents WHERE document = (SELECT number FROM documents WHERE"
            " id = ?)",
            (document_id,),
        ).fetchone()
        return row[0] if row else None

    def entries(
        self,
        *,
        cursor: str | None = None,
        limit: int = 50,
        least: int = 1,
        contradicted: bool = False,
        story: str | None = None,
        background: bool = False,
        negations: bool = False,
        wanted: EventFilter | None = None,
        order: Order = "newest",
    ) -> tuple[list[StoredEntry], str | None]:
        """Return entries (deduplicated events) with all their reports, the latest first.

        Args:
            cursor: Cursor returned with the previous page.
            limit: How many entries a page has.
            least: Leave out entries that fewer independent reports support.
            contradicted: Only those whose reports differ.
            story: Only those of one story.
            background: Also what is reported as background without a date.
            negations: Also what is said not to have been done; so does a `wanted` that asks for a polarity.
            wanted: Only entries of which an event fits this filter; its own `limit` is ignored.
            order: "newest" or "oldest" first, by the day of the last report of it.

        Raises:
            UsageError: The cursor is invalid, or the limit, the order or the filter is wrong.
        """
        check_page(limit, order)
        compare, direction = ("<", "DESC") if order == "newest" else (">", "ASC")
        first = ("9999", "") if order == "newest" else ("", "")
        day, name = _split(cursor) if cursor is not None else first
        negations = negations or (wanted is not None and wanted.negations)
        clauses, values = self._entry_clauses(
            contradicted=contradicted, story=story, background=background,
            negations=negations or _asks_for_polarity(wanted),
        )  # fmt: skip
        query = f"SELECT {_ENTRY} FROM entries WHERE (last_day, id) {compare} (?, ?) AND corroboration >= ?"
        query += clauses
        values = [day, name, least, *values]
        ordered = f" ORDER BY last_day {direction}, id {direction}"
        rows = None
        if wanted is not None and not _is_open(wanted):
            wanted = msgspec.structs.replace(
                wanted, background=background or wanted.background, negations=negations
            )
            rows = self._first_tested(wanted, (query, values, ordered), order=order, limit=limit)
            fitting, fitting_values = self._fitting(wanted)
            query += fitting
            values += fitting_values
        if rows is None:
            rows = self._connection.execute(f"{query}{ordered} LIMIT {limit + 1}", values).fetchall()
        found = [self._entry(row) for row in rows[:limit]]
        return found, _join(rows[limit - 1][3], found[-1].id) if len(rows) > limit else None

    def most_reported(self, wanted: EventFilter, *, limit: int = 1) -> list[tuple[StoredEntry, StoredEvent]]:
        """Return the entries with the most reports among the events of a filter.

        Ties are broken by the number of reports at any time, then by the intensity of the event.

        Args:
            wanted: A filter that selects the events.
            limit: Maximum number of entries.

        Returns:
            Each entry with the most intense of its events that the filter selects.
        """
        choice = choose(wanted, seldom=self._seldom)
        rows = self._connection.execute(
            "SELECT n.id, n.lead, n.first_day, n.last_day, n.events, n.documents, n.corroboration,"
            " n.contradictions, f.number, max(abs(f.intensity)) AS most"
            " FROM events AS f JOIN entry_events AS m ON m.event = f.number"
            " JOIN entries AS n ON n.id = m.entry_id"
            f" WHERE f.number IN (SELECT {choice.number} FROM {choice.tables}{choice.where}) GROUP BY n.id"
            " ORDER BY count(DISTINCT f.document) DESC, n.documents DESC, most DESC, n.id LIMIT ?",
            (*choice.values, limit),
        ).fetchall()
        found = []
        # SQLite takes the number from the row that has the maximum.
        for *entry, number, _ in rows:
            event = self._connection.execute(f"{_EVENT} WHERE e.number = ?", (number,)).fetchone()
            found.append((self._entry(tuple(entry)), event_of(event)))
        return found

    def entries_by_reports(
        self, wanted: EventFilter, *, limit: int = 50, offset: int = 0
    ) -> tuple[list[StoredEntry], int | None]:
        """Return entries with an event that matches a filter, those with the most reports first.

        Returns:
            The entries, and the offset of the next page (None at the end).
        """
        clauses, values = self._entry_clauses(
            contradicted=False, story=None, background=wanted.background,
            negations=wanted.negations or _asks_for_polarity(wanted),
        )  # fmt: skip
        if not _is_open(wanted):
            fitting, fitting_values = self._fitting(wanted)
            clauses += fitting
            values += fitting_values
        rows = self._connection.execute(
            f"SELECT {_ENTRY} FROM entries WHERE 1{clauses}"
            " ORDER BY documents DESC, last_day DESC, id LIMIT ? OFFSET ?",
            (*values, limit + 1, offset),
        ).fetchall()
        return [self._entry(row) for row in rows[:limit]], offset + limit if len(rows) > limit else None

    def entry_total(self, wanted: EventFilter | None = None) -> int:
        """Return the number of entries with an event that matches a filter."""
        background = wanted is not None and wanted.background
        if wanted is None or _is_open(wanted):
            query = "SELECT (SELECT count(*) FROM entries)"
            if not background:
                query += f" - (SELECT count(*) FROM ({_BACKGROUND_ENTRIES}))"
            if wanted is None or not wanted.negations:
                query += " - (SELECT count(*) FROM entries WHERE polarity = 'negative'"
                query += ")" if background else f" AND id NOT IN ({_BACKGROUND_ENTRIES}))"
            return int(self._connection.execute(query).fetchone()[0])
        choice = choose(wanted, seldom=self._seldom)
        query = (
            "SELECT count(DISTINCT m.entry_id) FROM entry_events AS m"
            f" WHERE m.event IN (SELECT {choice.number} FROM {choice.tables}{choice.where})"
        )
        if not background:
            query += f" AND m.entry_id NOT IN ({_BACKGROUND_ENTRIES})"
        return int(self._connection.execute(query, choice.values).fetchone()[0])

    def _first_tested(
        self, wanted: EventFilter, asked: tuple[str, list[str | float], str], *, order: Order, limit: int
    ) -> list[tuple[str, int, str, str, int, int, int, str]] | None:
        """Return the first entries that match a filter if enough of the next thousands match, else None.

        Testing the first entries is far faster than finding all entries of a broad filter.
        """
        query, values, ordered = asked
        at_most = self.events_at_most(wanted)
        if at_most is not None and at_most <= _FEW:
            return None
        compare = ">=" if order == "newest" else "<="
        day = f"SELECT last_day FROM ({query}{ordered} LIMIT 1 OFFSET {_TESTED})"
        row = self._connection.execute(day, values).fetchone()
        choice = choose(wanted, seldom=self._seldom, by_event=True)
        query += (
            f" AND last_day {compare} ?"
            " AND EXISTS (SELECT 1 FROM entry_events AS m CROSS JOIN events AS e ON e.number = m.event"
            f" WHERE m.entry_id = entries.id AND {' AND '.join(('1', *choice.clauses))})"
        )
        last = row[0] if row else "" if order == "newest" else "9999"
        rows = self._connection.execute(
            f"{query}{ordered} LIMIT {limit + 1}", (*values, last, *choice.values)
        ).fetchall()
        return rows if row is None or len(rows) > limit else None

    def _fitting(self, wanted: EventFilter) -> tuple[str, tuple[str | float, ...]]:
        """Return the SQL clause for entries with an event that matches a filter, and its values."""
        choice = choose(wanted, seldom=self._seldom)
        clause = (
            " AND id IN (SELECT m.entry_id FROM entry_events AS m WHERE m.event IN"
            f" (SELECT {choice.number} FROM {choice.tables}{choice.where}))"
        )
        return clause, choice.values

    def _entry_clauses(
        self, *, contradicted: bool, story: str | None, background: bool, negations: bool
    ) -> tuple[str, list[str | float]]:
        clauses, values = "", cast("list[str | float]", [])
        if not background:
            clauses += " AND NOT EXISTS (SELECT 1 FROM events AS l WHERE l.number = lead AND l.background)"
        if not negations:
            clauses += " AND polarity = 'positive'"
        if contradicted:
            clauses += " AND contradictions <> '[]'"
        if story is not None:
            clauses += (
                " AND id IN (SELECT m.entry_id FROM story_documents AS s JOIN events AS e ON e.document"
                " = s.document"
                " JOIN entry_events AS m ON m.event = e.number WHERE s.story_id = ?)"
            )
            values.append(story)
        return clauses, values

    def entry(self, entry_id: str) -> StoredEntry:
        """Return one entry.

        Raises:
            NotFoundError: There is currently none with this id.
        """
        row = self._connection.execute(f"SELECT {_ENTRY} FROM entries WHERE id = ?", (entry_id,)).fetchone()
        if row is None:
            raise NotFoundError(what="entry", name=entry_id, hint="it may have been merged with another")
        return self._entry(row)

    def entry_of(self, event_id: str) -> str | None:
        """Return the entry that an event belongs to, or None if events were not grouped."""
        row = self._connection.execute(
            "SELECT entry_id FROM entry_events WHERE event = (SELECT number FROM events WHERE id = ?)",
            (event_id,),
        ).fetchone()
        return row[0] if row else None

    def entry_events(self, entry_id: str) -> list[StoredEvent]:
        """Return the events of an entry, by day."""
        rows = self._connection.execute(
            f"{_EVENT} JOIN entry_events AS m ON m.event = e.number WHERE m.entry_id = ? ORDER BY"
            f" e.day, e.number",
            (entry_id,),
        )
        return [event_of(row) for row in rows]

    def _entry(self, row: tuple[str, int, str, str, int, int, int, str]) -> StoredEntry:
        name, lead, first_day, last_day, events, documents, corroboration, contradictions = row
        lead_row = self._connection.execute(f"{_EVENT} WHERE e.number = ?", (lead,)).fetchone()
        return StoredEntry(
            id=name, lead=event_of(lead_row),
            first_day=read_day(first_day), last_day=read_day(last_day), events=events, documents=documents,
            corroboration=corroboration, contradictions=_CONTRADICTIONS.decode(contradictions),
            document_ids=self._entry_document_ids(name),
        )  # fmt: skip

    def _entry_document_ids(self, entry_id: str) -> tuple[str, ...]:
        rows = self._connection.execute(
            "SELECT DISTINCT d.id FROM entry_events AS m JOIN events AS e ON e.number = m.event"
            " JOIN documents AS d ON d.number = e.document WHERE m.entry_id = ?"
            " ORDER BY d.published_on, d.id",
            (entry_id,),
        )
        return tuple(name for (name,) in rows)


def story_of(row: tuple[str, str, str, str, int, int, int]) -> StoredStory:
    """Convert a row to a story."""
    name, title, first_day, last_day, documents, publishers, independent = row
    return StoredStory(
        id=name, title=title, first_day=read_day(first_day), last_day=read_day(last_day),
        documents=documents, publishers=publishers, independent=independent,
    )  # fmt: skip


def _is_open(wanted: EventFilter) -> bool:
    """Return True for a filter that only says whether background and negations are wanted."""
    return wanted == EventFilter(background=wanted.background, negations=wanted.negations)


def _asks_for_polarity(wanted: EventFilter | None) -> bool:
    return wanted is not None and wanted.polarity is not None


def _join(day: object, name: str) -> str:
    return f"{day or '-'}_{name}"


def _split(cursor: str) -> tuple[str, str]:
    day, _, name = cursor.partition("_")
    # The number 0 is a placeholder; only the day is checked.
    return read_cursor(f"{day}_0")[0], name
