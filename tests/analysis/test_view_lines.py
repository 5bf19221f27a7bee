"""Lines of views: what an event is about, and which lines tell the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from dragoman.analysis.view_lines import Line, joined_lines, line_of, matter_of
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument, Span
from dragoman.record.store import StoredEvent

Quick = Callable[[Document], CodedDocument]
Lines = Callable[..., Line]
DAY = dt.date(2022, 3, 1)


@pytest.fixture
def stored(quick_code: Quick) -> Callable[..., StoredEvent]:
    def make(text: str, *, report: str = "a", day: dt.date | None = DAY) -> StoredEvent:
        (event,) = quick_code(Document(id=report, text=text)).events
        return StoredEvent(document_id=report, published_on=day, publisher=None, event=event)

    return make


@pytest.mark.parametrize(
    ("issue", "matter"),
    [(None, "Arnor helped Gondor."), ("grain", "Arnor helped Gondor."), ("the grain", "Arnor helped Gondor."),
     ("grain from Bree", "grain from Bree")],
)  # fmt: skip
def test_what_an_event_is_about(stored, issue: str | None, matter: str) -> None:
    made = stored("Arnor helped Gondor.")
    span = Span(0, 5, issue) if issue else None
    made = msgspec.structs.replace(made, event=msgspec.structs.replace(made.event, issue=span))
    assert matter_of(made) == matter


def _joined(stored, *days: dt.date | None, reports: str = "abcd") -> list[int]:
    """How many sources each line has."""
    made = [
        line_of(stored("Arnor helped Gondor with 20 troops.", report=reports[number], day=day), names=None)
        for number, day in enumerate(days)
    ]
    return [len(line.sources) for line in joined_lines(made)]


@pytest.mark.parametrize(
    ("days", "sources"),
    [(0, [2]), (30, [2]), (31, [1, 1]), (-30, [2]), (-31, [1, 1])],
)
def test_the_same_within_a_month_is_one_line(stored, days: int, sources: list[int]) -> None:
    assert _joined(stored, DAY, DAY + dt.timedelta(days=days)) == sources


def test_without_a_day_only_the_same_report_tells_the_same(stored) -> None:
    assert _joined(stored, None, None) == [1, 1]
    assert _joined(stored, None, DAY) == [1, 1]
    assert _joined(stored, None, None, reports="aa") == [1]  # on the same words, once


def test_other_parties_or_numbers_are_another_line(stored) -> None:
    texts = [
        "Arnor helped Gondor with 20 troops.",
        "Arnor helped Gondor with 30 troops.",
        "Arnor helped Rohan with 20 troops.",
    ]
    lines = joined_lines(
        line_of(stored(text, report=str(number)), names=None) for number, text in enumerate(texts)
    )
    assert [len(line.sources) for line in lines] == [1, 1, 1]


def test_a_joined_line_spans_the_days_of_its_sources(stored) -> None:
    made = [line_of(stored("Arnor helped Gondor.", report=r, day=d), names=None) for r, d in
            [("a", DAY + dt.timedelta(days=9)), ("b", DAY), ("c", DAY + dt.timedelta(days=4))]]  # fmt: skip
    (line,) = joined_lines(made)
    assert (line.first_day, line.last_day) == (DAY, DAY + dt.timedelta(days=9))
    assert [source.document_id for source in line.sources] == ["b", "c", "a"]


def test_lines_come_by_day(stored) -> None:
    made = [
        line_of(stored("Arnor helped Rohan.", report="a", day=None), names=None),
        line_of(stored("Arnor helped Gondor.", report="b", day=DAY + dt.timedelta(days=1)), names=None),
        line_of(stored("Arnor helped Mordor.", report="c", day=DAY), names=None),
    ]
    assert [line.sources[0].document_id for line in joined_lines(made)] == ["c", "b", "a"]


def test_an_actor_is_no_recipient_of_its_own(stored) -> None:
    line = line_of(stored("Arnor helped Arnor."), names=None)
    assert ([p.id for p in line.actors], line.recipients) == (["ARN"], ())
