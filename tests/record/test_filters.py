"""Any filter over any events gives what a plain look at each event gives."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument, Event
from dragoman.record import queries, reading
from dragoman.record.answers import StoredEvent
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

STATES = ("Arnor", "Gondor", "Mordor", "Rohan")
IDS = ("ARN", "GON", "MOR", "ROH", "P:one", "NOBODY")
VERBS = ("attacked", "did not attack", "may have attacked", "accused", "sanctioned", "helped", "met")
CONFIDENCES = (0.25, 0.5, 0.75, 1.0)
DAYS = st.dates(dt.date(2022, 1, 30), dt.date(2022, 2, 12))


@pytest.fixture(scope="module")
def mixed(
    tmp_path_factory: pytest.TempPathFactory, quick_code: Callable[[Document], CodedDocument]
) -> Iterator[Record]:
    """A record of many small events, some of a person, some mutual, some without a day."""
    chance = random.Random(4)
    record = Record.open(tmp_path_factory.mktemp("mixed") / "r.sqlite")
    run_id = record.begin_run("test")
    for number in range(80):
        sentences = [
            f"{chance.choice(STATES)} {chance.choice(VERBS)} {chance.choice(STATES)}." for _ in range(3)
        ]
        coded = quick_code(Document(
            id=f"d{number}", text=" ".join(sentences), publisher=chance.choice(["Herald", "Gazette", None]),
            published_on=chance.choice([None, *(dt.date(2022, 2, day) for day in range(1, 11))]),
        ))  # fmt: skip
        events = tuple(
            msgspec.structs.replace(varied(event, chance), confidence=chance.choice(CONFIDENCES))
            for event in coded.events
        )
        record.add(msgspec.structs.replace(coded, events=events), run_id=run_id)
    assert record.check() == []
    yield record
    record.close()


def varied(event: Event, chance: random.Random) -> Event:
    """Make of some events a person's or a mutual act."""
    turn = chance.randrange(6)
    if turn == 0:
        person = msgspec.structs.replace(event.actors[0], id="P:one", kind="person")
        return msgspec.structs.replace(event, actors=(person,))
    if turn == 1 and event.actors[0].id != event.recipients[0].id:
        return msgspec.structs.replace(event, actors=event.actors + event.recipients, recipients=())
    return event


def names(refs: tuple) -> set[str]:
    return {name for ref in refs for name in (ref.id, ref.country)}


def fits(stored: StoredEvent, wanted: EventFilter) -> bool:
    """Say by a plain look whether a filter lets an event through."""
    event = stored.event
    firm = event.factuality in ("certain", "probable") and event.polarity == "positive"
    tests = (
        (wanted.actor, wanted.actor in names(event.actors)),
        (wanted.recipient, wanted.recipient in names(event.recipients)),
        (wanted.party, wanted.party in names(event.actors + event.recipients)),
        (wanted.event_type, wanted.event_type == event.event_type),
        (wanted.quad_class, wanted.quad_class == event.quad_class),
        (wanted.factuality, wanted.factuality == event.factuality),
        (wanted.polarity, wanted.polarity == event.polarity),
        (None if wanted.polarity or wanted.negations else False, event.polarity == "positive"),
        (wanted.firm, wanted.firm == firm),
        (wanted.publisher, wanted.publisher == stored.publisher),
        (wanted.min_confidence, event.confidence >= (wanted.min_confidence or 0)),
        (wanted.context, wanted.context in event.contexts),
        (wanted.since, stored.day is not None and wanted.since is not None and stored.day >= wanted.since),
        (wanted.until, stored.day is not None and wanted.until is not None and stored.day <= wanted.until),
    )
    return all(good for asked, good in tests if asked is not None)


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


FILTERS = st.builds(
    EventFilter,
    actor=maybe(st.sampled_from(IDS)), recipient=maybe(st.sampled_from(IDS)),
    party=maybe(st.sampled_from(IDS)),
    event_type=maybe(st.sampled_from(["ASSAULT", "ACCUSE", "AID"])),
    quad_class=maybe(st.sampled_from(["material_conflict", "verbal_conflict"])),
    factuality=maybe(st.sampled_from(["certain", "possible"])),
    polarity=maybe(st.sampled_from(["positive", "negative"])), firm=maybe(st.booleans()),
    negations=st.booleans(),
    publisher=maybe(st.sampled_from(["Herald", "Gazette", "Nobody"])),
    context=maybe(st.sampled_from(["military", "cyber"])), since=maybe(DAYS), until=maybe(DAYS),
    min_confidence=maybe(st.sampled_from([0.0, *CONFIDENCES])),
)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=FILTERS, limit=st.integers(1, 60), order=st.sampled_from(["newest", "oldest"]))
def test_any_filter_gives_what_a_plain_look_gives(
    mixed: Record, wanted: EventFilter, limit: int, order: str
) -> None:
    fitting = [stored for stored in mixed if fits(stored, wanted)]
    expected = {stored.event.id for stored in fitting}
    cursor, paged = None, []
    while True:
        events, cursor = mixed.page(wanted, cursor=cursor, limit=limit, order=order)
        paged += [stored.event.id for stored in events]
        if cursor is None:
            break
    assert len(paged) == len(set(paged))
    assert set(paged) == expected
    assert mixed.total(wanted) == len(expected)
    daily = msgspec.structs.replace(wanted, one_a_day=True)
    kinds = {
        (s.day, s.event.event_type, frozenset(r.country for r in s.event.actors),
         frozenset(r.country for r in s.event.recipients))
        for s in fitting
    }  # fmt: skip
    assert len(list(mixed.events(daily))) == len(kinds)
    # Counted under each quad class: one kind of event has one.
    assert mixed.total(daily) == len(kinds)


def test_the_file_of_a_mixed_record_is_sound(mixed: Record, tmp_path: Path) -> None:
    mixed.backup(tmp_path / "copy.sqlite")
    with Record.open(tmp_path / "copy.sqlite") as copy:
        assert list(copy.events()) == list(mixed.events())


@pytest.mark.parametrize("words", ["attacked", "accus*", '"Gondor on"', "attacked Gondor", "nothing"])
@pytest.mark.parametrize("more", [{}, {"event_type": "ASSAULT"}, {"actor": "GON"}, {"one_a_day": True}])
def test_frequent_words_give_what_rare_ones_would(
    mixed: Record, monkeypatch: pytest.MonkeyPatch, words: str, more: dict
) -> None:
    wanted = EventFilter(text=words, **more)
    expected = mixed.page(wanted, limit=20)
    for module in (queries, reading):
        monkeypatch.setattr(module, "MANY_WITH_WORDS", 1)
    assert mixed.page(wanted, limit=20) == expected
    assert bool(expected[0]) == bool(next(mixed.events(wanted), None))


def test_pairs_leave_out_what_is_below_the_confidence(mixed: Record) -> None:
    wanted = EventFilter(min_confidence=0.75)
    sure = [stored for stored in mixed.events() if stored.event.confidence >= 0.75]
    pairs = {
        (actor.country, recipient.country)
        for stored in sure
        for actor in stored.event.actors
        for recipient in stored.event.recipients
        if actor.country != recipient.country
    }
    edges = {(edge.actor, edge.recipient): edge.events for edge in mixed.network(wanted=wanted)}
    assert pairs <= set(edges)
    whole = {(edge.actor, edge.recipient): edge.events for edge in mixed.network()}
    assert sum(edges.values()) < sum(whole.values())
    assert mixed.network(wanted=EventFilter(min_confidence=0.0)) == mixed.network()


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(mixed: Record, value: float) -> None:
    wanted = EventFilter(min_confidence=value)
    for ask in (
        lambda: list(mixed.events(wanted)),
        lambda: mixed.counts(wanted, by="actor"),
        lambda: mixed.network(wanted=wanted),
        lambda: mixed.dyad_series("ARN", "GON", wanted=wanted),
    ):
        with pytest.raises(UsageError, match="min_confidence"):
            ask()
