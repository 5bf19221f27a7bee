"""What can be asked of the record, as SQL and full text."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.record.queries import (
    EventFilter,
    asks_more,
    choose,
    keys_wanted,
    match_matter,
    read_cursor,
    whole_document,
    write_cursor,
)

# Lists of words of an issue, each with alternatives; the full text query.
MATTERS = [
    ([[["grain"]]], '(("grain"))'),
    ([[["grain", "wheat"], ["export*"]]], '(("grain" OR "wheat") AND ("export"*))'),
    ([[["grain"]], [["oil"]]], '(("grain")) OR (("oil"))'),
    ([[["grain"]], []], '(("grain"))'),
    ([[['say "so"']]], '(("say  so "))'),
]


@pytest.mark.parametrize(("alternatives", "query"), MATTERS)
def test_matters(alternatives: list[list[list[str]]], query: str) -> None:
    assert match_matter(alternatives) == query


# A cursor as it is written, its day and number.
CURSORS = [("2022-02-01_7", ("2022-02-01", 7)), ("-_0", ("", 0)), (f"-_{2**63 - 1}", ("", 2**63 - 1))]


@pytest.mark.parametrize(("cursor", "place"), CURSORS)
def test_cursors(cursor: str, place: tuple[str, int]) -> None:
    assert read_cursor(cursor) == place
    assert write_cursor(*place) == cursor


@pytest.mark.parametrize("cursor", ["", "7", "-_-1", f"-_{2**63}", "-_x", "2022-13-01_1", "_1"])
def test_no_cursors(cursor: str) -> None:
    with pytest.raises(UsageError, match="none of ours"):
        read_cursor(cursor)


# A filter; whether the daily counts are too coarse for it.
COARSE = [
    ({}, False), ({"firm": False}, False), ({"quad_class": "x"}, False), ({"limit": 3}, False),
    ({"background": True}, True), ({"negations": True}, True), ({"polarity": "positive"}, True),
    ({"actor": "ARN"}, True), ({"one_a_day": True}, True), ({"text": "x"}, True),
]  # fmt: skip


@pytest.mark.parametrize(("given", "more"), COARSE)
def test_what_counts_do_not_tell_apart(given: dict, more: bool) -> None:
    assert asks_more(EventFilter(**given)) is more
    assert asks_more(EventFilter(**given), besides=tuple(given)) is False


def test_keys_and_the_rarest_leads() -> None:
    wanted = EventFilter(actor="ARN", place="GON", between=("ROH", "DAL"))
    assert keys_wanted(wanted) == [("a", "ARN"), ("l", "GON"), ("b", "DAL=ROH")]
    choice = choose(wanted, seldom=lambda part, _: {"a": 5, "l": 1, "b": 3}[part])
    assert choice.values[:2] == ("l", "GON")
    assert choice.tables.startswith("event_keys AS k")
    assert (choice.day, choice.number) == ("k.day", "k.event")


def test_a_pair_of_countries_is_found_as_one() -> None:
    seldom = {"d": 1, "r": 9}
    choice = choose(EventFilter(actor="ARN", recipient="GON"), seldom=lambda part, _: seldom[part])
    assert choice.values == ("d", "ARN>GON", "r", "GON")
    named = choose(EventFilter(actor="bard", recipient="GON"), seldom=lambda part, _: {"a": 1, "r": 9}[part])
    assert named.values == ("a", "bard", "r", "GON")


# What is left out unless it is asked for.
LEFT_OUT = [
    ({}, {"NOT e.background", "e.polarity = 'positive'"}),
    ({"background": True}, {"e.polarity = 'positive'"}), ({"negations": True}, {"NOT e.background"}),
    ({"polarity": "negative"}, {"NOT e.background", "e.polarity = ?"}),
    ({"background": True, "negations": True}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("given", "clauses"), LEFT_OUT)
def test_what_is_left_out(given: dict, clauses: set[str]) -> None:
    choice = choose(EventFilter(**given), seldom=lambda *_: 0)
    assert set(choice.clauses) == clauses
    assert choice.where.startswith(" WHERE ") is bool(clauses)


def test_a_whole_document() -> None:
    assert whole_document("d", limit=4) == EventFilter(document="d", background=True, negations=True, limit=4)
