"""Create a record of invented events with parties, places, speakers, issues, entries and stories.

    python benchmarks/made_record.py RECORD [--events 5000000]

A few states act most often, as in the news; persons, organisations and places have long tails; later years
have more reports. Three reports in ten begin a story of several, one event in ten an entry of several. An
eighth of the events is created one by one; the rest are the same events on other days, copied inside SQLite,
so that five million take minutes and not hours.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from dragoman.analysis.stories import StoryIndex
from dragoman.knowledge.actors import load_actors
from dragoman.model.documents import Document
from dragoman.model.records import ActorRef, CodedDocument, Event, Place, Span
from dragoman.model.terms import CONTEXTS, EVENT_TYPES, FACTUALITIES, QUAD_CLASS_OF
from dragoman.record.building import new_record
from dragoman.record.migrations import add_up, index_words, run_script
from dragoman.record.store import Record
from dragoman.record.tables import INDEXES, TRIGGERS
from dragoman.running.grouping import Grouper

FIRST_DAY = dt.date(2005, 1, 3)
# Number of days of the events created one by one, and the offsets in days of their increasingly dense copies.
DAYS = 900
SHIFTS = (0, 900, 1750, 2550, 3300, 4000, 4650, 5250)
STATES, ORGANISATIONS, PERSONS, PLACES, PUBLISHERS, WORDS = 190, 300, 3000, 4000, 400, 6000
EVENTS_A_REPORT = 4
INDEXED = 6000
# Words used by the issues of the codebook and by readers, among invented ones.
REAL_WORDS = (
    "sanctions", "talks", "missile", "trade", "border", "ceasefire", "nuclear", "oil", "troops", "summit",
    "tariffs", "embargo", "treaty", "aid", "refugees", "islands", "grain", "gas", "drone", "hostages",
    "election", "veto", "embassy", "prisoners", "fishing", "dam",
)  # fmt: skip


def make_record(path: Path, events: int) -> None:
    """Create the record.

    Args:
        path: A file that does not exist.
        events: Approximate number of events.
    """
    with new_record(path) as record:
        run_id = record.begin_run("benchmark")
        record.fill(make_reports(events // len(SHIFTS)), run_id=run_id)
        with record.batch(), record.reading() as connection:
            _copy(connection)
            _write_stories(connection)
            _write_entries(connection)
            run_script(connection, INDEXES)
            index_words(connection)
            run_script(connection, TRIGGERS)
        keep_index(record)


def keep_index(record: Record) -> None:
    """Store the index of stories that an ingest of the newest reports would have left."""
    index = StoryIndex()
    last = record.count_documents_after(0)
    for documents in record.documents_after(last - INDEXED):
        for document in documents:
            index.add(document)
    with record.batch():
        record.keep_story_state(index.to_bytes())
        Grouper.open(record).close()


def _long_tail(count: int, head: int) -> list[float]:
    """Return cumulative weights in decreasing order of weight."""
    return list(itertools.accumulate(1 / (rank + head) for rank in range(count)))


class _Cast:
    """Parties and places, each with its weight."""

    def __init__(self, chance: random.Random) -> None:
        entries = list(load_actors().entries.values())
        states = [entry for entry in entries if entry.kind == "state"][:STATES]
        chance.shuffle(states)
        others = [entry for entry in entries if entry.kind == "organisation"][:ORGANISATIONS]
        self._states = [("state", each.id, each.name, each.id, "GOV") for each in states]
        state_weights = _long_tail(len(states), 2)
        homes = chance.choices(self._states, cum_weights=state_weights, k=PERSONS)
        persons = [("person", f"person:{n}", f"Person {n}", home[1], "GOV") for n, home in enumerate(homes)]
        organisations = [("organisation", each.id, each.name, None, "IGO") for each in others]
        self._groups = (
            (self._states, state_weights), (persons, _long_tail(PERSONS, 20)),
            (organisations, _long_tail(len(organisations), 5)),
        )  # fmt: skip
        self._places = [
            Place(
                name=f"Town {n}", country=chance.choices(self._states, cum_weights=state_weights)[0][1],
                latitude=round(chance.uniform(-40, 60), 3), longitude=round(chance.uniform(-120, 140), 3),
                geonames_id=n + 1, text="", start=0, end=0,
                precision=chance.choice(("exact", "town", "region", "country")),
            )
            for n in range(PLACES)
        ]  # fmt: skip
        self._place_weights = _long_tail(PLACES, 10)
        self._chance = chance

    def party(self, offset: int, word: str) -> ActorRef:
        """Return a state, a person of one, or an organisation."""
        group, weights = self._chance.choices(self._groups, (70, 22, 8))[0]
        kind, identifier, name, country, sector = self._chance.choices(group, cum_weights=weights)[0]
        return ActorRef(
            id=identifier, name=name, kind=kind, country=country, sector=sector, text=word, start=offset,
            end=offset + len(word),
        )  # fmt: skip

    def place(self) -> Place | None:
        """Return the place of an event; half of the places are unknown."""
        if self._chance.random() < 0.5:
            return None
        return self._chance.choices(self._places, cum_weights=self._place_weights)[0]


def make_reports(events: int, seed: int = 11) -> Iterator[CodedDocument]:
    """Yield invented coded reports with a given total of events."""
    chance = random.Random(seed)
    cast = _Cast(chance)
    words = ["".join(chance.choice("abcdefghilmnoprstuv") for _ in range(4 + i % 6)) for i in range(WORDS)]
    for rank, word in enumerate(REAL_WORDS):
        words[20 + 5 * rank] = word
    weights = _long_tail(WORDS, 5)
    for number in range(-(-events // EVENTS_A_REPORT)):
        day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
        sentences = [" ".join(chance.choices(words, cum_weights=weights, k=14)) for _ in range(6)]
        document = Document(
            id=f"made-{number:08}", text=". ".join(sentences) + ".", title=sentences[0][:48],
            published_on=day,
            publisher=f"paper-{min(int(chance.expovariate(0.02)), PUBLISHERS)}", language="en",
        )  # fmt: skip
        made, offset = [], 0
        for turn, sentence in enumerate(sentences[:EVENTS_A_REPORT]):
            made.append(_make_event(chance, cast, f"{document.id}-{turn}", offset, sentence))
            offset += len(sentence) + 2
        yield CodedDocument(id=document.id, document=document, events=tuple(made), attributions=())


_TYPE_WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(EVENT_TYPES))))


def _make_event(chance: random.Random, cast: _Cast, name: str, offset: int, sentence: str) -> Event:
    event_type = chance.choices(EVENT_TYPES, cum_weights=_TYPE_WEIGHTS)[0]
    first, _, rest = sentence.partition(" ")
    issue_start = offset + len(first) + 1
    return Event(
        id=name, event_type=event_type, event_mode=None, contexts=(chance.choice(CONTEXTS),),
        quad_class=QUAD_CLASS_OF[event_type], intensity=round(chance.uniform(-10, 10), 1),
        intensity_scale="PLOVER", cameo=None, goldstein=None, actors=(cast.party(offset, first),),
        recipients=(cast.party(offset, first),) if chance.random() < 0.9 else (),
        speaker=(cast.party(offset, first),) if chance.random() < 0.3 else (), cue=None, quoted=False,
        factuality=chance.choices(FACTUALITIES, (80, 8, 8, 4))[0], polarity="positive", tense="past",
        conditional=False,
        issue=Span(issue_start, offset + len(sentence), rest) if chance.random() < 0.3 else None, amounts=(),
        event_date=None, place=cast.place(), evidence=Span(offset, offset + len(sentence), sentence),
        trigger=Span(offset, offset + len(first), first), rule="made-up", confidence=0.5,
    )  # fmt: skip


def _copy(connection: sqlite3.Connection) -> None:
    """Add the same events on other days, with the derived rows."""
    made = "SELECT type, name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    for kind, name in connection.execute(made).fetchall():
        connection.execute(f'DROP {kind} "{name}"')
    connection.execute("CREATE TEMP TABLE first_event_keys AS SELECT * FROM event_keys")
    connection.execute("CREATE TEMP TABLE first_daily AS SELECT * FROM daily")
    for query in ("DELETE FROM event_keys", "DELETE FROM daily", "DELETE FROM sums"):
        connection.execute(query)
    connection.execute("CREATE TEMP TABLE shifts (turn INTEGER PRIMARY KEY, days TEXT)")
    connection.executemany(
        "INSERT INTO shifts VALUES (?, ?)", [(turn, f"+{days} days") for turn, days in enumerate(SHIFTS)]
    )
    (documents, events) = connection.execute(
        "SELECT (SELECT max(number) FROM documents), (SELECT max(number) FROM events)"
    ).fetchone()
    values = {"documents": documents, "events": events}
    for turn, days in list(enumerate(SHIFTS))[1:]:
        values |= {"turn": turn, "days": f"+{days} days"}
        for query in _COPIES:
            connection.execute(query, values)
    connection.execute(
        "INSERT INTO event_keys SELECT k.part, k.key, date(k.day, s.days), k.event + s.turn * ?"
        " FROM first_event_keys AS k CROSS JOIN shifts AS s ORDER BY 1, 2, 3, 4",
        (events,),
    )
    connection.execute(
        "INSERT INTO daily SELECT d.part, d.key, date(d.day, s.days), d.quad_class, d.firm, sum(d.events),"
        " sum(d.intensity) FROM first_daily AS d CROSS JOIN shifts AS s GROUP BY 1, 2, 3, 4, 5"
    )
    add_up(connection)


_COPIES = (
    "INSERT INTO documents SELECT number + :turn * :documents, 'made' || :turn || substr(id, 5), title,"
    " date(published_on, :days), publisher, url, language, content_hash, input_hash, run_id, text"
    " FROM documents WHERE number <= :documents",
    "INSERT INTO events SELECT number + :turn * :events, 'made' || :turn || substr(id, 5),"
    " document + :turn * :documents, date(day, :days), starts_on, ends_on, event_type, event_mode,"
    " quad_class, factuality, polarity, firm, intensity, confidence, publisher, start, signature, told_as,"
    " background"
    " FROM events WHERE number <= :events",
    "INSERT INTO event_bodies SELECT number + :turn * :events,"
    " replace(body, '\"id\":\"made-', '\"id\":\"made' || :turn || '-') FROM event_bodies"
    " WHERE number <= :events",
    "INSERT INTO event_parties SELECT event + :turn * :events, part, actor_id, country, sector, name"
    " FROM event_parties WHERE event <= :events",
)


def _write_stories(connection: sqlite3.Connection) -> None:
    """Put neighbouring reports into stories; half of the reports are alone in theirs."""
    chance = random.Random(3)
    rows = connection.execute("SELECT number, published_on, title, publisher FROM documents ORDER BY 2, 1")
    for turn, story in enumerate(_groups(rows, chance, 0.7, 40)):
        first, last = story[0], story[-1]
        papers = len({row[3] for row in story})
        name = f"story-{turn:07}"
        connection.executemany(
            "INSERT INTO story_documents VALUES (?, ?, ?)",
            [(row[0], name, int(place < papers)) for place, row in enumerate(story)],
        )
        connection.execute(
            "INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, first[2], first[1], last[1], len(story), papers, papers),
        )


def _write_entries(connection: sqlite3.Connection) -> None:
    """Put neighbouring events of one type into entries; most have one event."""
    chance = random.Random(4)
    rows = connection.execute(
        "SELECT number, day, event_type, event_mode, quad_class, polarity, document FROM events"
        " ORDER BY event_type, day, number"
    )
    for turn, told in enumerate(_groups(rows, chance, 0.9, 12, same=2)):
        lead, name = told[0], f"entry-{turn:08}"
        reports = len({row[6] for row in told})
        connection.executemany(
            "INSERT INTO entry_events VALUES (?, ?, ?, ?)", [(row[0], name, "made", row[1]) for row in told]
        )
        connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (name, "made", *lead[2:6], lead[1], told[-1][1], lead[0], len(told), reports, reports, "[]"),
        )


def _groups(
    rows: sqlite3.Cursor, chance: random.Random, alone: float, most: int, same: int | None = None
) -> Iterator[list[tuple[object, ...]]]:
    """Yield groups of neighbouring rows: one row with probability `alone`, else up to `most`."""
    group: list[tuple[object, ...]] = []
    size = 1
    for row in rows.fetchall():
        if len(group) >= size or (group and same is not None and group[0][same] != row[same]):
            yield group
            group = []
        if not group:
            size = 1 if chance.random() < alone else min(2 + int(chance.expovariate(0.5)), most)
        group.append(row)
    if group:
        yield group


def main() -> None:
    """Create a record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--events", type=int, default=5_000_000)
    given = parser.parse_args()
    began = time.perf_counter()
    make_record(given.record, given.events)
    print(f"made in {time.perf_counter() - began:.0f} s, {given.record.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
