"""Pairs of events: their order, numbers and ids, and which events are told as fact."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.analysis.export_pairs import (
    is_told_as_fact,
    numbered_pairs_of,
    one_of_each_entry,
    pairs_of,
)
from dragoman.analysis.export_sources import SourcedEvent
from dragoman.record.answers import Citation, StoredEvent


@pytest.fixture
def source(told):
    """Return a function that makes a sourced event with these parties."""

    def make(
        by: str = "Arnor", to: str = "", *, entry: str | None = None, number: int = 7, **changed
    ) -> SourcedEvent:
        stored = told("Arnor, Gondor, Mordor and Rohan *met*.", "CONSULT", by=by, to=to, **changed)
        citation = Citation(
            number=number, document_number=3, url=None, title=None, language=None, entry=entry, mentions=1,
            articles=1, sources=1,
        )  # fmt: skip
        return SourcedEvent(stored, citation, 1, "", True)

    return make


# Actors and recipients; the pairs, in order.
PAIRS = [
    ("Arnor", "Gondor", "ARN-GON"), ("Arnor Rohan", "Gondor Mordor", "ARN-GON ARN-MOR ROH-GON ROH-MOR"),
    ("", "Gondor Mordor", "-GON -MOR"), ("Arnor", "", "ARN-"), ("", "", ""),
    ("Arnor Gondor Rohan", "", "ARN-GON ARN-ROH GON-ARN GON-ROH ROH-ARN ROH-GON"),
    ("Arnor Arnor", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("by", "to", "pairs"), PAIRS)
def test_pairs(source, by: str, to: str, pairs: str) -> None:
    found = list(pairs_of([source(by, to)]))
    assert (
        " ".join(f"{p.actor.id if p.actor else ''}-{p.recipient.id if p.recipient else ''}" for p in found)
        == pairs
    )
    assert [pair.number for pair in found] == list(range(1, len(found) + 1))
    assert [pair.numeric_id for pair in found] == [700 + pair.number for pair in found]
    assert [pair.id for pair in found] == [f"{pair.stored.event.id}-{pair.number}" for pair in found]


def test_the_fields_of_a_pair(source) -> None:
    given = source("Arnor", "Gondor", day=9)
    (pair,) = pairs_of([given])
    assert (pair.stored, pair.citation, pair.day) == (given.stored, given.citation, dt.date(2022, 2, 9))


def test_the_first_99_pairs_have_a_number(source) -> None:
    given = source("Arnor", "Gondor")
    event = given.stored.event
    event = msgspec.structs.replace(event, actors=event.actors * 10, recipients=event.recipients * 10)
    given = given._replace(stored=msgspec.structs.replace(given.stored, event=event))
    assert len(list(pairs_of([given]))) == 100
    numbers = [pair.number for pair in numbered_pairs_of([given])]
    assert numbers == list(range(1, 100))


@pytest.mark.parametrize(
    ("changed", "is_fact"),
    [({}, True), ({"factuality": "probable"}, True), ({"factuality": "possible"}, False),
     ({"factuality": "unknown"}, False), ({"conditional": True}, False), ({"polarity": "negative"}, False)],
)  # fmt: skip
def test_facts(source, changed: dict[str, object], is_fact: bool) -> None:
    stored: StoredEvent = source(**changed).stored
    assert is_told_as_fact(stored.event) is is_fact


def test_the_first_event_of_each_entry(source) -> None:
    given = [source(entry=entry, number=n) for n, entry in enumerate(["a", "b", None, "a", None, "b", "c"])]
    assert [each.citation.number for each in one_of_each_entry(given)] == [0, 1, 2, 4, 6]
