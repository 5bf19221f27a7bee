"""What the record answers: pages, counts, full text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import NotFoundError, UsageError
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.full_text import match_words
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

DAY = dt.date(2022, 2, 2)


def told(record: Record, wanted: EventFilter, **options: object) -> list[str]:
    events, _ = record.page(wanted, **options)
    return [f"{stored.document_id} {stored.event.trigger.text}" for stored in events]


FILTERS = [
    (EventFilter(), 9),
    (EventFilter(actor="ARN"), 5),
    (EventFilter(actor="ARN", recipient="GON"), 5),
    (EventFilter(actor="GON", recipient="ARN"), 1),
    (EventFilter(party="ROH"), 3),
    (EventFilter(event_type="ASSAULT"), 4),
    (EventFilter(event_type="ASSAULT", polarity="negative"), 0),
    (EventFilter(quad_class="material_conflict"), 5),
    (EventFilter(factuality="possible"), 2),
    (EventFilter(firm=True), 7),
    (EventFilter(firm=False), 2),
    (EventFilter(context="military", actor="MOR"), 2),
    (EventFilter(context="cyber"), 0),
    (EventFilter(publisher="Herald"), 4),
    (EventFilter(text="shepherds"), 1),
    (EventFilter(text='"hiding rebels"'), 1),
    (EventFilter(text="border fort*", actor="GON"), 1),
    (EventFilter(text="rebels shepherds"), 0),
    (EventFilter(issue="rebels"), 0),
    (EventFilter(since=DAY, until=DAY), 4),
    (EventFilter(since=DAY), 6),
    (EventFilter(until=DAY), 6),
    (EventFilter(document="b"), 2),
    (EventFilter(document="nothing"), 0),
    (EventFilter(one_a_day=True), 7),
    (EventFilter(actor="ARN", recipient="GON", event_type="ASSAULT", one_a_day=True), 2),
]


@pytest.mark.parametrize(("wanted", "count"), FILTERS)
def test_pages_counts_and_the_whole_agree(small: Record, wanted: EventFilter, count: int) -> None:
    whole = [stored.event.id for stored in small.events(wanted)]
    assert len(whole) == count
    assert small.total(wanted) == count
    for limit in (1, 2, 50):
        cursor, paged = None, []
        for _ in range(20):
            events, cursor = small.page(wanted, cursor=cursor, limit=limit, order="oldest")
            paged += [stored.event.id for stored in events]
            if cursor is None:
                break
        assert paged == whole
    # Another order chooses another event of a day.
    assert len(small.page(wanted)[0]) == count


def test_the_newest_come_first_and_those_without_a_day_last(small: Record) -> None:
    days = [stored.day for stored in small.page()[0]]
    assert days == [dt.date(2022, 2, day) for day in (9, 9, 2, 2, 2, 2, 1, 1)] + [None]
    assert [stored.day for stored in small.page(order="oldest")[0]] == days[::-1]


def test_a_page_does_not_shift_when_something_comes_in(
    small: Record, reports: list[CodedDocument], quick_code: Callable[[Document], CodedDocument]
) -> None:
    first, cursor = small.page(limit=4)
    again = quick_code(Document(id="new", text=reports[0].document.text, published_on=dt.date(2022, 3, 1)))
    small.add(again, run_id=1)
    second, _ = small.page(cursor=cursor, limit=50)
    ids = [stored.event.id for stored in (*first, *second)]
    assert len(ids) == len(set(ids)) == 9


COUNTS = [
    ("event_type", {"ASSAULT": 4, "ACCUSE": 2, "AID": 1, "CONSULT": 1, "SANCTION": 1}),
    ("actor", {"ARN": 5, "MOR": 2, "GON": 1, "ROH": 1}),
    ("recipient", {"GON": 6, "ROH": 2, "ARN": 1}),
    ("party", {"GON": 7, "ARN": 6, "ROH": 3, "MOR": 2}),
    ("publisher", {"Herald": 4, "Gazette": 3}),
    ("context", {"military": 9}),
    ("factuality", {"certain": 7, "possible": 2}),
    ("polarity", {"positive": 9}),
    ("month", {"2022-02": 8}),
    ("day", {"2022-02-01": 2, "2022-02-02": 4, "2022-02-09": 2}),
    ("document", {"a": 2, "b": 2, "c": 2, "d": 2, "e": 1}),
]


@pytest.mark.parametrize(("by", "expected"), COUNTS)
def test_counts(small: Record, by: str, expected: dict[str, int]) -> None:
    counts = small.counts(by=by)
    assert counts == expected
    assert list(counts) == list(expected)


BY = ("event_type", "quad_class", "actor", "recipient", "party", "context", "day", "month", "year")
NARROWED = [
    EventFilter(actor="ARN"),
    EventFilter(event_type="ASSAULT"),
    EventFilter(quad_class="material_conflict"),
    EventFilter(firm=True),
    EventFilter(since=DAY),
    EventFilter(actor="ARN", until=DAY, firm=False),
]


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("wanted", NARROWED)
def test_daily_counts_tell_the_same_as_the_events(small: Record, by: str, wanted: EventFilter) -> None:
    # All events have this context, and daily counts do not know it beside another key.
    slowly = msgspec.structs.replace(wanted, context="military")
    assert small.counts(wanted, by=by) == small.counts(slowly, by=by)


def test_search_finds_reports_best_first(small: Record) -> None:
    found = small.search("Gondor border")
    assert [each.document_id for each in found] == ["d"]
    assert "[border]" in found[0].snippet
    assert small.search("report")[0].title is not None
    assert small.search("nowhere") == []


WORDS = [
    ("one two", '"one" AND "two"'),
    ('"one two" three', '"one two" AND "three"'),
    ("fort*", '"fort"*'),
    ("a-b", '"a-b"'),
    ("a\x00b", '"a" AND "b"'),
    ('NEAR("x" OR', '"NEAR(" AND "x" AND "OR"'),
]


@pytest.mark.parametrize(("words", "query"), WORDS)
def test_words_never_become_syntax(small: Record, words: str, query: str) -> None:
    assert match_words(words) == query
    small.search(words)


@pytest.mark.parametrize("words", ["", "  ", '""', "***", "- ;"])
def test_no_word_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        match_words(words)


WRONG = [
    ({"cursor": "nonsense"}, "cursor"),
    ({"cursor": "2022-02-02_x"}, "cursor"),
    ({"limit": 0}, "limit"),
    ({"order": "sideways"}, "order"),
]


@pytest.mark.parametrize(("options", "told"), WRONG)
def test_pages_that_cannot_be_are_refused(small: Record, options: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        small.page(**options)


def test_documents_come_in_pages(small: Record) -> None:
    cursor, found = None, []
    while True:
        documents, cursor = small.document_page(cursor=cursor, limit=2)
        found += [document.id for document in documents]
        if cursor is None:
            break
    assert found == ["d", "c", "b", "a", "e"]


def test_what_is_not_there_is_said(small: Record) -> None:
    for ask in (small.document, small.event, small.story, small.entry):
        with pytest.raises(NotFoundError):
            ask("nothing")


def test_many_events_come_in_order_and_no_more_than_wanted(
    tmp_path: Path, quick_code: Callable[[Document], CodedDocument]
) -> None:
    record = Record.open(tmp_path / "many.sqlite")
    run_id = record.begin_run("test")
    for number in range(90):
        day = dt.date(2022, 1, 1) + dt.timedelta(days=(number * 37) % 90)
        text = "Arnor accused Gondor of hiding rebels. Rohan helped Gondor."
        record.add(quick_code(Document(id=f"d{number:02}", text=text, published_on=day)), run_id=run_id)
    whole = list(record.events())
    assert len({stored.event.id for stored in whole}) == 180
    days = [stored.day for stored in whole]
    assert days == sorted(days)  # type: ignore[type-var]
    for limit in (1, 64, 65, 179, 500):
        assert list(record.events(EventFilter(limit=limit))) == whole[:limit]
    helped = EventFilter(event_type="AID", one_a_day=True, limit=70)
    assert len(list(record.events(helped))) == 70
    newest, cursor = record.page(limit=100)
    rest, end = record.page(cursor=cursor, limit=100)
    assert [s.event.id for s in (*newest, *rest)] == [s.event.id for s in reversed(whole)]
    assert end is None
    record.close()


def test_events_of_records_without_carried_by_are_read(small: Record) -> None:
    for number, body in small._connection.execute("SELECT number, body FROM event_bodies").fetchall():
        old = json.loads(body)
        assert old.pop("carried_by") == "rule"
        with small._connection:
            values = (json.dumps(old), number)
            small._connection.execute("UPDATE event_bodies SET body = ? WHERE number = ?", values)
    assert {stored.event.carried_by for stored in small.events()} == {"rule"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a", "a"),
        ("abc1", "abc1"),
        ("abc…", None),
        ("abd", "abd1"),
        ("abd…", "abd1"),
        ("ABD", None),
        ("abd12", None),
        ("%", None),
        ("…", None),
    ],
)
def test_an_id_is_found_by_itself_or_by_a_beginning_that_no_other_has(
    small: Record, quick_code: Callable[[Document], CodedDocument], typed: str, found: str | None
) -> None:
    run_id = small.begin_run("test")
    for name in ("abc1", "abc2", "abd1"):
        small.add(quick_code(Document(id=name, text="Rohan accused Mordor of theft.")), run_id=run_id)
    assert small.find_id("document", typed) == found
