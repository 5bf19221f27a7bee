"""The words of an if and of what follows from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.coder import Coder
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
