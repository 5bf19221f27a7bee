"""Query times of a record of many events.

    python benchmarks/record_size.py [EVENTS] [--record FILE] [--at-once]

Creates a record of invented events (200,000 by default; the same each time) unless the file exists, runs the
queries of the commands and pages, and prints the median of five runs of each query, and the slowest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dragoman.model.documents import Document
from dragoman.model.records import ActorRef, CodedDocument, Event, Span
from dragoman.model.terms import CONTEXTS, EVENT_TYPES, FACTUALITIES, QUAD_CLASS_OF
from dragoman.record.building import new_record
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

RUNS = 5
STATES = 150
PUBLISHERS = 400
FIRST_DAY = dt.date(2005, 1, 1)
DAYS = 20 * 365
EVENTS_A_REPORT = 4
WORDS = 6000
BATCH = 500


def make_reports(events: int, seed: int = 7) -> Iterator[CodedDocument]:
    """Yield invented coded reports with a given total of events; few states do most, as in the news."""
    chance = random.Random(seed)
    states = [f"{a}{b}{c}" for a, b, c in itertools.product("ABCDEFGHIJ", "KLMNO", "PQR")][:STATES]
    weights = [1 / (rank + 2) for rank in range(STATES)]
    words = ["".join(chance.choice("abcdefghilmnoprstuv") for _ in range(4 + i % 6)) for i in range(WORDS)]
    word_weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(WORDS)))
    for number in range(-(-events // EVENTS_A_REPORT)):
        day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
        sentences = [" ".join(chance.choices(words, cum_weights=word_weights, k=14)) for _ in range(8)]
        text = ". ".join(sentences) + "."
        document = Document(
            id=f"made-{number:08}", text=text, title=" ".join(sentences[0].split()[:6]), published_on=day,
            publisher=f"paper-{min(int(chance.expovariate(0.02)), PUBLISHERS)}", language="en",
        )  # fmt: skip
        made = []
        offset = 0
        for turn, sentence in enumerate(sentences[:EVENTS_A_REPORT]):
            pair = chance.choices(states, weights, k=2)
            made.append(make_event(chance, document, turn, offset, sentence, pair))
            offset += len(sentence) + 2
        yield CodedDocument(id=document.id, document=document, events=tuple(made), attributions=())


def make_event(
    chance: random.Random, document: Document, turn: int, offset: int, sentence: str, pair: list[str]
) -> Event:
    """Return an invented event over a sentence."""
    event_type = chance.choice(EVENT_TYPES)
    first = sentence.split()[0]
    parties = [
        ActorRef(
            id=name, name=name.title(), kind="state", country=name, sector="GOV", text=first, start=offset,
            end=offset + len(first),
        )
        for name in pair
    ]  # fmt: skip
    return Event(
        id=f"{document.id}-{turn}", event_type=event_type, event_mode=None,  # type: ignore[arg-type]
        contexts=(chance.choice(CONTEXTS),), quad_class=QUAD_CLASS_OF[event_type],
        intensity=round(chance.uniform(-10, 10), 1), intensity_scale="PLOVER", cameo=None, goldstein=None,
        actors=(parties[0],), recipients=(parties[1],), speaker=(), cue=None, quoted=False,
        factuality=chance.choices(FACTUALITIES, (80, 8, 8, 4))[0],  # type: ignore[arg-type]
        polarity="positive", tense="past", conditional=False, issue=None, amounts=(), event_date=None,
        place=None, evidence=Span(offset, offset + len(sentence), sentence),
        trigger=Span(offset, offset + len(first), first), rule="made-up", confidence=0.5,
    )  # fmt: skip


def fill(path: Path, events: int, *, at_once: bool) -> None:
    """Create the record report by report, as in an ingest, or in one step."""
    began = time.perf_counter()
    if at_once:
        with new_record(path) as record:
            record.fill(make_reports(events), run_id=record.begin_run("benchmark"))
    else:
        with Record.open(path) as record:
            run_id, reports = record.begin_run("benchmark"), make_reports(events)
            while batch := list(itertools.islice(reports, BATCH)):
                with record.batch():
                    for coded in batch:
                        record.add(coded, run_id=run_id)
    seconds = time.perf_counter() - began
    size = path.stat().st_size / 1e6
    print(
        f"{events:,} events in {seconds:.0f} s ({events / seconds:,.0f} a second), {size:,.0f} MB", flush=True
    )


def questions(record: Record) -> dict[str, Callable[[], object]]:
    """Return the queries by name."""
    (busiest, *_), year = record.network(limit=1), dt.date(2015, 1, 1)
    word = record.document("made-00000003").text.split()[40]
    one, other = busiest.actor, busiest.recipient
    end = dt.date(2015, 12, 31)
    _, late = record.page(EventFilter(until=year), limit=50)
    filters = {
        "all": EventFilter(),
        "one actor": EventFilter(actor=one),
        "a pair": EventFilter(actor=one, recipient=other),
        "a pair, one type, a year": EventFilter(
            actor=one, recipient=other, event_type="THREATEN", since=year, until=end
        ),
        "either party, a context": EventFilter(party=one, context="cyber"),
        "a type and a publisher": EventFilter(event_type="ASSAULT", publisher="paper-3"),
        "not certain, quad class": EventFilter(quad_class="verbal_conflict", factuality="unknown"),
        "words": EventFilter(text=word),
        "an actor and words": EventFilter(actor=one, text=word),
        "one a day, a pair": EventFilter(actor=one, recipient=other, one_a_day=True),
        "nothing fits": EventFilter(actor=one, recipient=other, publisher="no such paper"),
    }
    asked: dict[str, Callable[[], object]] = {
        f"page of 50: {name}": (lambda wanted=wanted: record.page(wanted)) for name, wanted in filters.items()
    }
    asked |= {
        "page of 50: far from the first": lambda: record.page(EventFilter(), cursor=late),
        "series of a pair, by day": lambda: record.dyad_series(one, other),
        "series of a pair, by month, one type": lambda: record.dyad_series(
            one, other, by="month", wanted=EventFilter(event_type="THREATEN")
        ),
        "network of a year": lambda: record.network(since=year, until=end),
        "network of a year, one type": lambda: record.network(
            since=year, until=end, wanted=EventFilter(event_type="ASSAULT")
        ),
        "network of all": lambda: record.network(),
        "counts by actor": lambda: record.counts(by="actor"),
        "counts by type": lambda: record.counts(by="event_type"),
        "counts by month": lambda: record.counts(by="month"),
        "counts by publisher, one actor": lambda: record.counts(EventFilter(actor=one), by="publisher"),
        "counts by recipient, a pair's actor and type": lambda: record.counts(
            EventFilter(actor=one, event_type="THREATEN"), by="recipient"
        ),
        "total": lambda: record.total(),
        "search in the reports": lambda: record.search(word),
        "one report": lambda: record.document("made-00000003"),
        "stats": lambda: record.stats(),
    }
    return asked


def main() -> None:
    """Create the record, run the queries and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="?", type=int, default=200_000)
    parser.add_argument("--at-once", action="store_true", help="fill the record at once, which is quicker")
    parser.add_argument("--record", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "made.sqlite"
        if not path.exists():
            fill(path, given.events, at_once=given.at_once)
        with Record.open(path) as record:
            print(f"{'milliseconds':46} median  slowest")
            for name, ask in questions(record).items():
                times = []
                for _ in range(RUNS):
                    began = time.perf_counter()
                    ask()
                    times.append((time.perf_counter() - began) * 1000)
                print(f"{name:46} {statistics.median(times):6.1f}  {max(times):6.1f}", flush=True)


if __name__ == "__main__":
    main()
