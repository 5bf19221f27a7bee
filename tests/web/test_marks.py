"""Text of a report on its way into HTML: nothing of it may end an attribute or open an element."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.model.escaping import attribute, plain, visible
from dragoman.model.records import Amount, CodedDocument, Event, EventDate, Place, Span
from dragoman.web.marks import (
    days_of,
    fields_of,
    firmness_of,
    mark_paragraphs,
    names_of,
    place_of,
    sentence_of,
    shorten,
    signed,
    spans_of,
)

# Text, as an attribute, as text.
ESCAPED = [
    ('say "yes"', "say &quot;yes&quot;", "say &quot;yes&quot;"),
    ("it's", "it&#x27;s", "it&#x27;s"),
    ("<b>", "&lt;b&gt;", "&lt;b&gt;"),
    ("A & B", "A &amp; B", "A &amp; B"),
    ("&quot;", "&amp;quot;", "&amp;quot;"),
    ("\u202enil", "[U+202E]nil", '<span class="control">U+202E</span>nil'),
    ("a\x00b", "a\ufffdb", "a\ufffdb"),
    ('" onfocus="x', "&quot; onfocus=&quot;x", "&quot; onfocus=&quot;x"),
]


@pytest.mark.parametrize(("text", "in_attribute", "in_text"), ESCAPED)
def test_text_is_escaped(text: str, in_attribute: str, in_text: str) -> None:
    assert attribute(text) == in_attribute
    assert visible(text) == in_text


def test_what_is_escaped_elsewhere_keeps_its_quotes() -> None:
    assert plain('"\u2066"') == '"[U+2066]"'


@pytest.mark.pipeline
def test_a_hostile_name_does_not_end_the_label_of_a_mark(coder: Coder) -> None:
    coded = coder.code("Arnor attacked Gondor.", id="t")
    (event,) = coded.events
    hostile = msgspec.structs.replace(event.actors[0], name='x" onmouseover="alert(1)')
    event = msgspec.structs.replace(event, actors=(hostile,))
    (paragraph,) = mark_paragraphs(coded.document.text, (event,), ())
    assert 'x" onmouseover="' not in paragraph.html
    assert "x&quot; onmouseover=&quot;alert(1)" in paragraph.html


@pytest.mark.pipeline
def test_parties_are_named_with_country_and_sector(coded: CodedDocument) -> None:
    party = coded.events[0].actors[0]
    named = [(names_of([party]), "Arnor"), (names_of([]), "")]
    soldier = msgspec.structs.replace(party, id="ARN:MIL", name="troops", sector="MIL")
    named.append((names_of([soldier, party]), "troops (ARN MIL), Arnor"))
    assert [found for found, _ in named] == [
        wanted.replace("Arnor", names_of([party])) for _, wanted in named
    ]
    assert names_of([party]).startswith("Arnor")
    words = {"ARN": "Arnor", "MIL": "military"}.__getitem__
    assert names_of([soldier], words) == "troops (Arnor, military)"
    body = msgspec.structs.replace(party, id="COURT", name="the court", country="IGO", sector="IGO")
    assert names_of([body], words) == "the court"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("a  b\nc", 9, "a b c"), ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…")],
)
def test_long_text_is_cut(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.fixture
def event(quick_code) -> Event:
    (event,) = quick_code(Document(id="a", text="Arnor attacked Gondor with 1,500 troops.")).events
    return event


# What is changed in "Arnor attacked Gondor"; how firmly it is told.
FIRMNESS = [
    ({}, "certain, past"),
    ({"factuality": "possible", "tense": "future"}, "possible, future"),
    ({"polarity": "negative"}, "certain, past, not done"),
    ({"conditional": True, "factuality": "unknown"}, "unknown, past, inside an if"),
    ({"quoted": True}, "certain, past, verbatim"),
    (
        {"polarity": "negative", "conditional": True, "quoted": True},
        "certain, past, not done, inside an if, verbatim",
    ),
]


@pytest.mark.parametrize(("changed", "words"), FIRMNESS)
def test_how_firmly(event: Event, changed: dict[str, object], words: str) -> None:
    assert firmness_of(msgspec.structs.replace(event, **changed)) == words


def test_an_event_in_one_line(event: Event) -> None:
    plain = lambda code: {"ARN": "Arnor", "GON": "Gondor", "GOV": "government"}[code]  # noqa: E731
    assert sentence_of(event) == "Arnor (GOV): assault toward Gondor (GOV); certain, past"
    told = msgspec.structs.replace(
        event, actors=(), recipients=(), speaker=event.actors, event_mode="air_strike"
    )
    assert sentence_of(told, plain) == (
        "somebody: assault (air strike), according to Arnor (government); certain, past"
    )


# First and last day, how it is told; the words.
DAYS = [
    (None, "current", ""),
    (None, "background", "reported as background"),
    ((1, 1), "current", "2022-02-01"),
    ((1, 3), "current", "2022-02-01 to 2022-02-03"),
    ((1, 3), "planned", "2022-02-01 to 2022-02-03, reported as planned"),
]


@pytest.mark.parametrize(("days", "told_as", "words"), DAYS)
def test_days(event: Event, days: tuple[int, int] | None, told_as: str, words: str) -> None:
    date = days and EventDate(start=dt.date(2022, 2, days[0]), end=dt.date(2022, 2, days[1]), precision="day")
    assert days_of(msgspec.structs.replace(event, event_date=date, told_as=told_as)) == words


PLACES = [
    ("exact", "GON", "Osgiliath GON"), ("town", "GON", "Osgiliath GON (by it or in its district)"),
    ("region", None, "Osgiliath (somewhere in the region)"),
    ("country", "GON", "Osgiliath GON (in the country)"),
    ("none", None, "Osgiliath"),
]  # fmt: skip


def place(precision: str, country: str | None) -> Place:
    return Place(name="Osgiliath", country=country, latitude=None, longitude=None, geonames_id=None, text="O",
                 start=0, end=1, precision=precision)  # fmt: skip


@pytest.mark.parametrize(("precision", "country", "words"), PLACES)
def test_places(event: Event, precision: str, country: str | None, words: str) -> None:
    assert place_of(msgspec.structs.replace(event, place=place(precision, country))) == words


def test_a_place_with_its_country_in_words(event: Event) -> None:
    there = msgspec.structs.replace(event, place=place("exact", "GON"))
    assert place_of(there, {"GON": "Gondor"}.__getitem__) == "Osgiliath, Gondor"
    assert place_of(event) == ""


def test_fields_of_an_event_and_what_is_empty_is_left_out(event: Event) -> None:
    assert fields_of(event) == [
        ("actors", "who", "Arnor (GOV)"), ("trigger", "what", "ASSAULT"),
        ("recipients", "toward whom", "Gondor (GOV)"), ("speaker", "according to", "the publisher"),
        ("trigger", "how firmly", "certain, past"), ("amounts", "how much", "1,500 troops"),
        ("evidence", "contexts", "military"), ("evidence", "intensity", "−9.5 (PLOVER)"),
        ("trigger", "rule", "quick, confidence 0.90, found by a rule"),
    ]  # fmt: skip
    full = msgspec.structs.replace(
        event, event_mode="aerial", cue=Span(0, 1, "said"), issue=Span(0, 1, "oil"), cameo="195",
        goldstein=-9.5,
        condition=Span(0, 1, "if so"), consequence=Span(0, 1, "then so"), carried_by="both", intensity=2.0,
        contexts=("military", "human_rights"),
    )  # fmt: skip
    found = {label: (field, words) for field, label, words in fields_of(full)}
    assert found["what"] == ("trigger", "ASSAULT / aerial")
    assert found["in the word"] == ("cue", "said")
    assert found["about"] == ("issue", "oil")
    assert (found["if"], found["then"]) == (("condition", "if so"), ("consequence", "then so"))
    assert found["intensity"] == ("evidence", "+2 (PLOVER), CAMEO 195, Goldstein −9.5")
    assert found["contexts"] == ("evidence", "military, human rights")
    assert found["rule"][1].endswith("found by rule and model")


def test_everything_that_an_event_points_at(event: Event) -> None:
    date = EventDate(
        start=dt.date(2022, 2, 1),
        end=dt.date(2022, 2, 1),
        precision="day",
        text="now",
        start_char=3,
        end_char=6,
    )
    full = msgspec.structs.replace(
        event, speaker=event.recipients, cue=Span(30, 31, "x"), issue=Span(31, 32, "x"), event_date=date,
        place=place("exact", None), condition=Span(32, 33, "x"), consequence=Span(33, 34, "x"),
        amounts=(Amount(value=1.0, unit="count", of=None, approximate=False, text="1", start=27, end=28),),
    )  # fmt: skip
    assert list(spans_of(full)) == [
        ("evidence", 0, 40), ("trigger", 6, 14), ("actors", 0, 5), ("recipients", 15, 21),
        ("speaker", 15, 21), ("amounts", 27, 28), ("cue", 30, 31), ("issue", 31, 32), ("place", 0, 1),
        ("condition", 32, 33),
        ("consequence", 33, 34), ("date", 3, 6),
    ]  # fmt: skip
    without = msgspec.structs.replace(full, event_date=msgspec.structs.replace(date, start_char=None))
    assert "date" not in [field for field, _, _ in spans_of(without)]


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0, None, "0"), (-2.5, None, "−2.5"), (4, None, "+4"), (0, 1, "+0.0"), (-3.44, 1, "−3.4")],
)
def test_signed_numbers(value: float, digits: int | None, words: str) -> None:
    assert signed(value, digits) == words
