"""Data derived from the events of a record (keys, parties, daily counts), computed for many events at once.

Keys are inserted in sorted order: in the order of events each would go to another page of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.record.rows import (
    ADD_TO_COUNTS,
    INSERT_PLACE,
    counted_keys,
    day_of,
    insert_event_row,
    insert_text,
    is_firm,
    party_rows,
    place_rows,
    refuse_bad_days,
    thousandths,
)
from dragoman.record.tables import ALL, ALL_DAYS, FACTUALITY, PUBLISHER, TYPE

if TYPE_CHECKING:
    import sqlite3

    from dragoman.model.records import CodedDocument, Event

_DROP = "DROP TABLE IF EXISTS temp.new_keys"
_MAKE = "CREATE TEMP TABLE new_keys (part, key, day, event, quad_class, firm, intensity, is_counted)"
_COUNTED = "quad_class, firm, count(*), sum(intensity)"
_ONLY_COUNTED = f"('{ALL}', '{TYPE}', '{FACTUALITY}', '{PUBLISHER}')"


class Following:
    """A collector of the data derived from events, which writes them at the end.

    Args:
        connection: The record, in a transaction that ends after `write`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(_DROP)
        connection.execute(_MAKE)

    def note(self, event: Event, *, day: str, publisher: str | None, number: int) -> None:
        """Add one event under its number in `events`."""
        counted = (event.quad_class, int(is_firm(event)), thousandths(event.intensity))
        self._connection.executemany(
            "INSERT INTO new_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (part, key, day, number, *counted, int(event.is_counted))
                for part, key in counted_keys(event, publisher)
            ],
        )
        self._connection.executemany(
            "INSERT INTO event_parties VALUES (?, ?, ?, ?, ?, ?)", party_rows(event, number)
        )
        self._connection.executemany(INSERT_PLACE, place_rows(event))

    def write(self) -> None:
        """Add keys and counts to the tables; existing counts are increased."""
        self._connection.execute(
            "INSERT INTO event_keys SELECT part, key, day, event FROM new_keys"
            f" WHERE part NOT IN {_ONLY_COUNTED} ORDER BY 1, 2, 3, 4"
        )
        # WHERE also makes clear to SQLite that ON CONFLICT belongs to the INSERT.
        self._connection.execute(
            f"INSERT INTO daily SELECT part, key, day, {_COUNTED} FROM new_keys WHERE is_counted"
            f" GROUP BY part, key, day, quad_class, firm {ADD_TO_COUNTS}"
        )
        for span, days in ((f"'{ALL_DAYS}'", ""), ("substr(day, 1, 4)", " AND day <> ''")):
            self._connection.execute(
                f"INSERT INTO sums SELECT part, {span}, key, {_COUNTED} FROM new_keys"
                f" WHERE is_counted{days} GROUP BY part, {span}, key, quad_class, firm {ADD_TO_COUNTS}"
            )
        self._connection.execute(_DROP)


def fill_document(
    connection: sqlite3.Connection, coded: CodedDocument, *, run_id: int, following: Following
) -> None:
    """Write the rows of a document; the data derived from its events are left to `following`."""
    refuse_bad_days(coded)
    number = insert_text(connection, coded, input_hash=None, run_id=run_id)
    for event in coded.events:
        event_number = insert_event_row(connection, event, document=coded.document, number=number)
        following.note(
            event,
            day=day_of(event, coded.document),
            publisher=coded.document.publisher,
            number=event_number,
        )
