"""Rows of coded documents: the only module that determines which rows an event has."""

from __future__ import annotations

import collections
import hashlib
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import UnkeepableError
from dragoman.model.days import FIRST_YEAR, LAST_YEAR, is_publication_day
from dragoman.model.identity import content_id
from dragoman.model.records import Attribution, Event
from dragoman.record.tables import (
    ACTOR,
    ALL,
    ALL_DAYS,
    ARROW,
    BETWEEN,
    CONTEXT,
    DYAD,
    FACTUALITY,
    NO_DAY,
    PARTY,
    PLACE,
    PUBLISHER,
    RECIPIENT,
    SPEAKER,
    TIE,
    TYPE,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from dragoman.model.documents import Document
    from dragoman.model.records import ActorRef, CodedDocument, Place

_ENCODER = msgspec.json.Encoder()
EVENT = msgspec.json.Decoder(Event)
ATTRIBUTION = msgspec.json.Decoder(Attribution)
# Intensities are summed as integer thousandths, so that the order does not matter.
_THOUSAND = 1000
_FIRM = ("certain", "probable")
_INSERT_EVENT = f"INSERT INTO events VALUES ({', '.join('?' * 19)})"
# The end of a query that adds rows to `daily` or `sums`: existing rows are increased.
ADD_TO_COUNTS = (
    "ON CONFLICT DO UPDATE SET events = events + excluded.events, intensity = intensity + excluded.intensity"
)
# Where events describe a place differently the smallest value is kept, so that their order does not matter.
INSERT_PLACE = (
    "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = min(name, excluded.name),"
    " precision = min(precision, excluded.precision)"
)
# A place without events is removed.
_DELETE_PLACE = (
    "DELETE FROM places WHERE key = ? AND NOT EXISTS"
    f" (SELECT 1 FROM event_keys WHERE part = '{PLACE}' AND key = ?)"
)
# `Event.is_counted` of a row of `events` named e.
IS_COUNTED = "NOT e.background AND e.polarity = 'positive'"
_COUNT = f"INSERT INTO {{}} VALUES (?, ?, ?, ?, ?, ?, ?) {ADD_TO_COUNTS}"
_UNCOUNT = (
    "DELETE FROM {} WHERE part = ? AND {} = ? AND {} = ? AND quad_class = ? AND firm = ? AND events <= 0"
)
# The second and third column of each table of counts.
_COUNTED_BY = {"daily": ("key", "day"), "sums": ("span", "key")}
CountKey = tuple[str, str, str, str, int]


def encode(value: object) -> str:
    """Return a record as JSON."""
    return _ENCODER.encode(value).decode("utf-8")


def hash_of(coded: CodedDocument) -> str:
    """Return a hash of a document with its coding."""
    return content_id(encode((coded.document, coded.events, coded.attributions)), length=32)


def party_key(ref: ActorRef) -> str:
    """Return the key under which a party is counted: its country, or its id if it has none."""
    return ref.country or ref.id


def day_of(event: Event, document: Document) -> str:
    """Return the day an event is listed under, see `Event.listed_on`; the empty day if there is none."""
    day = event.listed_on(document.published_on)
    return day.isoformat() if day else NO_DAY


def is_firm(event: Event) -> bool:
    """Return True if an event is reported as a fact: certain or probable, not denied, not conditional."""
    return event.factuality in _FIRM and event.polarity == "positive" and not event.conditional


def signature_of(event: Event) -> int:
    """Return a number that is the same for events with the same actors, recipients and type."""
    actors = sorted({party_key(ref) for ref in event.actors})
    recipients = sorted({party_key(ref) for ref in event.recipients})
    words = f"{event.event_type}|{' '.join(actors)}|{' '.join(recipients)}"
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=7).digest(), "big")


def dyads_of(event: Event) -> set[tuple[str, str]]:
    """Return the ordered pairs of an event; a mutual act counts in both directions."""
    return ordered_pairs(
        {party_key(ref) for ref in event.actors}, {party_key(ref) for ref in event.recipients}
    )


def ordered_pairs(actors: set[str], recipients: set[str]) -> set[tuple[str, str]]:
    """Return the ordered pairs of parties; without recipients, those of the actors with each other."""
    return {(one, other) for one in actors for other in recipients or actors if one != other}


def keys_of(event: Event) -> set[tuple[str, str]]:
    """Return the (part, key) pairs under which an event is found."""
    keys = {(CONTEXT, context) for context in event.contexts}
    for part, refs in ((ACTOR, event.actors), (RECIPIENT, event.recipients), (SPEAKER, event.speaker)):
        names = {name for ref in refs for name in (ref.id, ref.country) if name}
        keys |= {(part, name) for name in names}
        if part != SPEAKER:
            keys |= {(PARTY, name) for name in names}
    for one, other in dyads_of(event):
        keys |= {(DYAD, f"{one}{ARROW}{other}"), (BETWEEN, tie_key(one, other))}
    if event.place is not None:
        keys |= {(PLACE, key) for key in (place_key(event.place), event.place.country) if key}
    return keys


def tie_key(one: str, other: str) -> str:
    """Return the key of two parties regardless of direction."""
    return TIE.join(sorted((one, other)))


def place_key(place: Place) -> str:
    """Return the key under which a place is counted: its GeoNames id, else its name and country.

    Such keys differ from country codes, which are also keys of places.
    """
    if place.geonames_id is not None:
        return f"geonames:{place.geonames_id}"
    return f"place:{place.country or ''}:{place.name}"


def place_rows(event: Event) -> Iterator[tuple[object, ...]]:
    """Yield the row of `places` for the place of an event, if known."""
    place = event.place
    if place is not None:
        yield place_key(place), place.name, place.country, place.latitude, place.longitude, place.precision


def counted_keys(event: Event, publisher: str | None) -> set[tuple[str, str]]:
    """Return the (part, key) pairs under which an event is counted."""
    keys = keys_of(event) | {(ALL, ""), (TYPE, event.event_type), (FACTUALITY, event.factuality)}
    return keys | {(PUBLISHER, publisher)} if publisher else keys


class DailyCounts:
    """Changes to the daily counts and their sums, accumulated before they are written."""

    def __init__(self) -> None:
        self._changes: dict[CountKey, list[int]] = collections.defaultdict(lambda: [0, 0])

    def __len__(self) -> int:
        return len(self._changes)

    def add(self, event: Event, day: str, publisher: str | None, *, sign: int = 1) -> None:
        """Add an event to the counts, or subtract it with `sign` -1, if it is counted at all."""
        if not event.is_counted:
            return
        firm = int(is_firm(event))
        value = sign * thousandths(event.intensity)
        for part, key in counted_keys(event, publisher):
            change = self._changes[part, key, day, event.quad_class, firm]
            change[0] += sign
            change[1] += value

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes to the tables and reset them."""
        sums: dict[CountKey, list[int]] = collections.defaultdict(lambda: [0, 0])
        for (part, key, day, quad, firm), change in self._changes.items():
            for span in {ALL_DAYS, year_of(day)}:
                total = sums[part, span, key, quad, firm]
                total[0] += change[0]
                total[1] += change[1]
        for table, changes in (("daily", self._changes), ("sums", sums)):
            rows = [(*key, *changes[key]) for key in sorted(changes) if any(changes[key])]
            connection.executemany(_COUNT.format(table), rows)
            gone = [key for key, change in changes.items() if change[0] < 0]
            connection.executemany(_UNCOUNT.format(table, *_COUNTED_BY[table]), gone)
        self._changes.clear()


def year_of(day: str) -> str:
    """Return the year of a day in the form of `sums`."""
    return day[:4] if day else ALL_DAYS


def thousandths(intensity: float) -> int:
    """Return an intensity in the unit in which it is summed."""
    return round(intensity * _THOUSAND)


def daily_query(connection: sqlite3.Connection) -> str:
    """Return the query that derives all rows of `daily` from keys and events."""
    connection.create_function("thousandths", 1, thousandths, deterministic=True)
    counted = "e.quad_class, e.firm, count(*), sum(thousandths(e.intensity))"
    return (
        f"SELECT k.part, k.key, k.day, {counted} FROM event_keys AS k JOIN events AS e ON e.number = k.event"
        f" WHERE {IS_COUNTED} GROUP BY k.part, k.key, k.day, e.quad_class, e.firm"
        f" UNION ALL SELECT '{TYPE}', e.event_type, e.day, {counted} FROM events AS e"
        f" WHERE {IS_COUNTED} GROUP BY e.event_type, e.day, e.quad_class, e.firm"
        f" UNION ALL SELECT '{FACTUALITY}', e.factuality, e.day, {counted} FROM events AS e"
        f" WHERE {IS_COUNTED} GROUP BY e.factuality, e.day, e.quad_class, e.firm"
        f" UNION ALL SELECT '{PUBLISHER}', e.publisher, e.day, {counted} FROM events AS e"
        f" WHERE {IS_COUNTED} AND e.publisher <> ''"
        " GROUP BY e.publisher, e.day, e.quad_class, e.firm"
        f" UNION ALL SELECT '{ALL}', '', e.day, {counted} FROM events AS e"
        f" WHERE {IS_COUNTED} GROUP BY e.day, e.quad_class, e.firm"
    )


_SUMS = (
    f"SELECT part, '{ALL_DAYS}', key, quad_class, firm, sum(events), sum(intensity) FROM daily"
    " WHERE {0} GROUP BY part, key, quad_class, firm"
    " UNION ALL SELECT part, substr(day, 1, 4), key, quad_class, firm, sum(events), sum(intensity) FROM daily"
    " WHERE {0} AND day <> '' GROUP BY part, key, substr(day, 1, 4), quad_class, firm"
)
# The queries that derive all rows of `sums` from `daily`, and those of one part and key (given twice).
SUMS_QUERY, SUMS_OF_KEY = _SUMS.format("1"), _SUMS.format("part = ? AND key = ?")


def mean_intensity(total: int, events: int) -> float:
    """Return the mean intensity from a sum in `daily`."""
    return total / events / _THOUSAND if events else 0.0


def refuse_bad_days(coded: CodedDocument) -> None:
    """Refuse days outside the supported range, which would make every later run fail.

    Raises:
        UnkeepableError: The report or an event has such a day.
    """
    published_on = coded.document.published_on
    if published_on is not None and not is_publication_day(published_on):
        raise UnkeepableError(where=coded.id, why=f"published on {published_on}, no day of a report")
    for event in coded.events:
        date = event.event_date
        if date is not None and not FIRST_YEAR <= date.start.year <= date.end.year <= LAST_YEAR:
            raise UnkeepableError(where=coded.id, why=f"an event of {date.start} to {date.end}")


def insert_document(
    connection: sqlite3.Connection,
    coded: CodedDocument,
    *,
    input_hash: str | None,
    run_id: int,
    counts: DailyCounts,
) -> int:
    """Write all rows of one document; return its number."""
    number = insert_text(connection, coded, input_hash=input_hash, run_id=run_id)
    for event in coded.events:
        insert_event(connection, event, document=coded.document, number=number, counts=counts)
    return number


def insert_text(
    connection: sqlite3.Connection, coded: CodedDocument, *, input_hash: str | None, run_id: int
) -> int:
    """Write a document and its attributions; return its number."""
    document = coded.document
    published_on = document.published_on.isoformat() if document.published_on else None
    cursor = connection.execute(
        "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document.id, document.title, published_on, document.publisher, document.url, document.language,
         hash_of(coded), input_hash, run_id, document.text),
    )  # fmt: skip
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO attributions VALUES (?, ?, ?, ?, ?)",
        (attribution_row(number, place, each) for place, each in enumerate(coded.attributions)),
    )
    return number


def attribution_row(number: int, position: int, attribution: Attribution) -> tuple[object, ...]:
    """Return the row of one attribution."""
    speaker = attribution.speaker
    return (number, position, speaker.id if speaker else None, speaker.country if speaker else None,
            encode(attribution))  # fmt: skip


def insert_event(
    connection: sqlite3.Connection, event: Event, *, document: Document, number: int, counts: DailyCounts
) -> int:
    """Write all rows of one event; return its number."""
    event_number = insert_event_row(connection, event, document=document, number=number)
    connection.executemany(
        "INSERT INTO event_parties VALUES (?, ?, ?, ?, ?, ?)", party_rows(event, event_number)
    )
    connection.executemany(INSERT_PLACE, place_rows(event))
    keys, day = keys_of(event), day_of(event, document)
    connection.executemany(
        "INSERT INTO event_keys VALUES (?, ?, ?, ?)", [(*key, day, event_number) for key in keys]
    )
    counts.add(event, day, document.publisher)
    return event_number


def insert_event_row(connection: sqlite3.Connection, event: Event, *, document: Document, number: int) -> int:
    """Write an event without derived rows; return its number."""
    row = event_row(event, document=document, number=number, event_number=None)
    event_number = int(connection.execute(_INSERT_EVENT, row).lastrowid or 0)
    connection.execute("INSERT INTO event_bodies VALUES (?, ?)", (event_number, encode(event)))
    return event_number


def event_row(
    event: Event, *, document: Document, number: int, event_number: int | None
) -> tuple[object, ...]:
    """Return the row of `events`."""
    date = event.event_date
    return (
        event_number, event.id, number, day_of(event, document),
        date.start.isoformat() if date else None, date.end.isoformat() if date else None,
        event.event_type, event.event_mode, event.quad_class, event.factuality, event.polarity,
        int(is_firm(event)), event.intensity, event.confidence, document.publisher, event.trigger.start,
        signature_of(event), event.told_as, int(event.is_undated_background),
    )  # fmt: skip


def party_rows(event: Event, event_number: int) -> list[tuple[object, ...]]:
    """Return the rows of `event_parties`, one for each part and id."""
    parts = (("actor", event.actors), ("recipient", event.recipients), ("speaker", event.speaker))
    rows = {
        (part, ref.id): (event_number, part, ref.id, ref.country, ref.sector, ref.name)
        for part, refs in reversed(parts)
        for ref in reversed(refs)
    }
    return list(rows.values())


def delete_document(connection: sqlite3.Connection, document_id: str, *, counts: DailyCounts) -> bool:
    """Delete all rows of one document; return True if it existed."""
    row = connection.execute("SELECT number FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return False
    delete_keys(connection, "e.document = ?", row[0], counts=counts)
    connection.execute("DELETE FROM documents WHERE number = ?", row)
    return True


def delete_event(connection: sqlite3.Connection, number: int, *, counts: DailyCounts) -> None:
    """Delete all rows of one event."""
    delete_keys(connection, "e.number = ?", number, counts=counts)
    connection.execute("DELETE FROM events WHERE number = ?", (number,))


def delete_keys(connection: sqlite3.Connection, condition: str, value: int, *, counts: DailyCounts) -> None:
    """Delete derived rows that are not deleted with their events: keys, places, counts."""
    query = (
        "SELECT e.number, e.day, e.publisher, b.body FROM events AS e"
        f" JOIN event_bodies AS b ON b.number = e.number WHERE {condition}"
    )
    for event_number, day, publisher, body in connection.execute(query, (value,)).fetchall():
        event = EVENT.decode(body)
        keys = keys_of(event)
        connection.executemany(
            "DELETE FROM event_keys WHERE part = ? AND key = ? AND day = ? AND event = ?",
            [(*key, day, event_number) for key in keys],
        )
        if event.place is not None:
            connection.execute(_DELETE_PLACE, (place_key(event.place),) * 2)
        counts.add(event, day, publisher, sign=-1)
