"""The words of an if and of what follows from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.factuality.conditions import _LIMIT, condition_of
from dragoman.model.documents import Document
from dragoman.model.records import Event

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def events_of() -> Callable[[str], list[Event]]:
    coder = Coder(reading="rules")
    return lambda text: list(coder.code_document(Document(id="t", text=text)).events)


# Text, type of the event, the if, what follows.
CASES = [
    (
        "If Russia attacks Ukraine, the United States will impose sanctions on Russia.",
        "THREATEN", "If Russia attacks Ukraine", "the United States will impose sanctions on Russia",
    ),
    (
        "If Russia attacks Ukraine, the United States will impose sanctions on Russia.",
        "ASSAULT", "If Russia attacks Ukraine", "the United States will impose sanctions on Russia",
    ),
    (
        "Unless Israel withdraws from Lebanon, Iran will attack Israel.",
        "THREATEN", "Unless Israel withdraws from Lebanon", "Iran will attack Israel",
    ),
    (
        "Russia threatened to cut gas supplies to Ukraine if it joined NATO.",
        "THREATEN", "if it joined NATO", "Russia threatened to cut gas supplies to Ukraine",
    ),
    ("Russia attacked Ukraine when its talks with the United States failed.", "ASSAULT", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event_type", "condition", "consequence"), CASES)
def test_the_if_and_what_follows(
    events_of, text: str, event_type: str, condition: str | None, consequence: str | None
) -> None:
    event = next(e for e in events_of(text) if e.event_type == event_type)
    assert (event.condition and event.condition.text) == condition
    assert (event.consequence and event.consequence.text) == consequence
    for span in (event.condition, event.consequence):
        assert span is None or text[span.start : span.end] == span.text


# The trigger in brackets; the if, what follows from it.
PLACES_OF_AN_IF = [
    ("Gondor vowed to [attack] Mordor if Dale falls.", "if Dale falls", "to attack Mordor"),
    ("Gondor said it would [attack] Mordor if Dale falls.", "if Dale falls", "it would attack Mordor"),
    ("Gondor made a promise to [attack] Mordor if Dale falls.", "if Dale falls", "to attack Mordor"),
    ("Gondor threatened [war] if Dale falls.", "if Dale falls", "Gondor threatened war"),
    ("Gondor spoke of [attacks] if Dale falls.", "if Dale falls", "Gondor spoke of attacks"),
    ("Gondor is ready to [attack] Mordor if Dale falls.", "if Dale falls", 
     "Gondor is ready to attack Mordor"),
    ("Gondor [threatened] to attack Mordor if Dale falls.", "if Dale falls", "to attack Mordor"),
    ("Gondor [warned] that it would attack Mordor if Dale falls.", "if Dale falls",
     "that it would attack Mordor"),
    # What only follows the if, or another clause, is no consequence of it.
    ("If Dale falls, Gondor will [attack] Mordor, because it fears for Rohan.", "If Dale falls",
     "Gondor will attack Mordor"),
    ("Gondor will [attack] Mordor if Dale falls, because it fears for Rohan.", "if Dale falls",
     "Gondor will attack Mordor"),
    ('"If Dale falls, Gondor will [attack] Mordor."', "If Dale falls", "Gondor will attack Mordor"),
    ("And if Dale [falls], Gondor will attack Mordor.", "if Dale falls", "Gondor will attack Mordor"),
    # An if elsewhere in the sentence.
    ("Gondor will [attack] Mordor on Monday, and Dale will fall if it rains.", None, None),
    ("Gondor left the man who [attacked] Dale if it rained.", None, None),
    ("Gondor [attacked] Dale.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "condition", "consequence"), PLACES_OF_AN_IF)
def test_where_an_if_hangs(reading, text: str, condition: str | None, consequence: str | None) -> None:
    found = reading(text)
    told = condition_of(found.word, found.annotated, lexicon=found.coder.modality)
    assert (told.condition and told.condition.text) == condition
    assert (told.consequence and told.consequence.text) == consequence


def test_a_long_consequence_is_cut_between_words(reading) -> None:
    towns = ", ".join(f"the town of Bree number {number}" for number in range(60))
    found = reading(f"If Dale falls, Gondor will [attack] {towns}.")
    told = condition_of(found.word, found.annotated, lexicon=found.coder.modality)
    assert told.consequence is not None
    length = told.consequence.end - told.consequence.start
    assert _LIMIT - 20 < length <= _LIMIT
    assert told.consequence.text == found.annotated.text_of(told.consequence.start, told.consequence.end)
