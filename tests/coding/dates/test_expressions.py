"""Date expressions found in a text, and what each means."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.dates.calendar import Moment
from dragoman.coding.dates.expressions import _Hints, _rules, find_raw, word_before
from dragoman.knowledge.calendar_words import load_calendar_words

DAY = dt.date(2022, 2, 9)


def meant(text: str, *, direction: int = -1, published: dt.date | None = DAY) -> list[tuple[str, str, str]]:
    moment = Moment(published, direction, load_calendar_words())
    found = []
    for raw in find_raw(text):
        interval = raw.rule.resolve(raw.match, moment) if raw.is_sure else None
        if interval is not None:
            found.append((text[raw.start : raw.end], str(interval.first), str(interval.last)))
    return found


ABSOLUTE = [
    ("On 2022-02-04 it rained.", "2022-02-04", "2022-02-04", "2022-02-04"),
    ("On February 4, 2022 it rained.", "February 4, 2022", "2022-02-04", "2022-02-04"),
    ("On 4 February 2022 it rained.", "4 February 2022", "2022-02-04", "2022-02-04"),
    ("On the 4th of February 2022 it rained.", "the 4th of February 2022", "2022-02-04", "2022-02-04"),
    ("On 25/12/2021 it rained.", "25/12/2021", "2021-12-25", "2021-12-25"),
    ("In March 2014 it rained.", "March 2014", "2014-03-01", "2014-03-31"),
    ("In late March 2014 it rained.", "late March 2014", "2014-03-22", "2014-03-31"),
    ("In 2014 it rained.", "2014", "2014-01-01", "2014-12-31"),
    ("In the 1990s it rained.", "the 1990s", "1990-01-01", "1999-12-31"),
    ("In the late 1990s it rained.", "the late 1990s", "1996-01-01", "1999-12-31"),
    ("In the 19th century it rained.", "the 19th century", "1801-01-01", "1900-12-31"),
    ("In 2014-16 it rained.", "2014-16", "2014-01-01", "2016-12-31"),
    ("In the first quarter of 2014 it rained.", "the first quarter of 2014", "2014-01-01", "2014-03-31"),
    (
        "In the first half of March 2014 it rained.",
        "the first half of March 2014",
        "2014-03-01",
        "2014-03-15",
    ),
    (
        "In the second half of June 2014 it rained.",
        "the second half of June 2014",
        "2014-06-16",
        "2014-06-30",
    ),
    ("In the first half of 2014 it rained.", "the first half of 2014", "2014-01-01", "2014-06-30"),
    ("In the second half of 2014 it rained.", "the second half of 2014", "2014-07-01", "2014-12-31"),
    ("In the summer of 2014 it rained.", "the summer of 2014", "2014-06-01", "2014-08-31"),
    ("On Christmas Day 2014 it rained.", "Christmas Day 2014", "2014-12-25", "2014-12-25"),
]


@pytest.mark.parametrize(("text", "words", "first", "last"), ABSOLUTE)
def test_dates_that_name_their_year(text, words, first, last):
    assert meant(text, published=None) == [(words, first, last)]


@pytest.mark.parametrize(("direction", "first"), [(-1, "2021-03-04"), (1, "2022-03-04")])
def test_a_day_without_a_year_is_the_nearest(direction, first):
    assert meant("On March 4 it rained.", direction=direction) == [("March 4", first, first)]
    assert meant("On March 4 it rained.", published=None) == []


NONE = [
    "On 04/02/2022 it rained.",
    "On February 30, 2022 it rained.",
    "Resolution 2014 passed.",
    "Some 2,014 men fell.",
    "Version 1.2014 came.",
    "It rained in the 5th century.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text):
    assert [words for words, _, _ in meant(text) if len(words) > 4] == []


def test_the_word_before_a_match():
    (raw,) = find_raw("It rained in 2014.")
    assert word_before(raw.match) == "in"
    (raw,) = find_raw("2014-02-03 was dry.")
    assert word_before(raw.match) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It rained\nLAST  WEEK.", "LAST  WEEK"),
        ("It rained Earlier This\nYear.", "Earlier This\nYear"),
        ("It rained THE DAY BEFORE YESTERDAY.", "THE DAY BEFORE YESTERDAY"),
        ("It rained in Summer 2014.", "Summer 2014"),
        ("It rained in Q3 2014.", "Q3 2014"),
        ("It rained on THE WEEKEND.", "on THE WEEKEND"),
        ("It rained two days Ago.", "two days Ago"),
    ],
)
def test_hints_hide_no_date_whatever_its_case_and_spaces(text, found):
    assert [text[raw.start : raw.end] for raw in find_raw(text)] == [found]


def test_a_text_without_any_sign_of_a_date_is_searched_for_few_rules():
    hints = _Hints("It rained.")
    assert [rule.name for rule in _rules() if hints.allow(rule.name)] == [
        "weekday-ago", "night", "next-to", "ahead",
    ]  # fmt: skip
