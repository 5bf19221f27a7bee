"""Lines of views as rows, and the events that views are computed from."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from dragoman.analysis.differing_reports import REPORTS_DIFFER
from dragoman.analysis.disputes import Dispute
from dragoman.analysis.positions import Position
from dragoman.analysis.view_lines import Line
from dragoman.model.records import Span
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.web import questions
from dragoman.web.questions import Row, coded_document, make_views, row_of, views_of

DAYS = {"first_day": dt.date(2022, 2, 1), "last_day": dt.date(2022, 2, 3)}
ONE, OTHER = SimpleNamespace(id="ARN"), SimpleNamespace(id="GON")


def made(kind: Any, **given: Any) -> Any:
    """Return a line of a view with the given fields; the others are None, or empty."""
    fields = {name: None for name in kind.__struct_fields__}
    return kind(**{**fields, **DAYS, **given})


def test_row_of_a_position() -> None:
    line = made(Position, actor=ONE, stance="against", matter="arms", sources=("s",))
    assert row_of(line) == Row("against", (ONE,), (), "arms", DAYS["first_day"], DAYS["last_day"], ("s",))


# Reports in common, denials, the leading word.
DISPUTES = [
    ((), ("d",), "denied"), ((), (), "unanswered"), ((REPORTS_DIFFER,), ("d",), REPORTS_DIFFER),
    ((REPORTS_DIFFER,), (), REPORTS_DIFFER),
]  # fmt: skip


@pytest.mark.parametrize(("shared", "denials", "lead"), DISPUTES)
def test_row_of_a_dispute(shared: tuple[str, ...], denials: tuple[str, ...], lead: str) -> None:
    line = made(
        Dispute, accusers=(ONE,), accused=(OTHER,), matter="spying", accusations=("a",), denials=denials,
        shared=shared,
    )  # fmt: skip
    sources = ("a", *denials)
    days = (DAYS["first_day"], DAYS["last_day"])
    assert row_of(line) == Row(lead, (ONE,), (OTHER,), "spying", *days, sources)


def words(text: str) -> Span:
    return Span(0, len(text), text)


# Fields of a line, its leading word, and its matter.
LINES = [
    ({}, "", "troops"),
    ({"stage": "imposed"}, "imposed", "troops"),
    ({"is_negative": True}, "", "not: troops"),
    ({"condition": words("if so")}, "", "if so"),
    ({"condition": words("If so"), "consequence": words("war")}, "", "if so, then war"),
    ({"condition": words("unless so"), "is_negative": True}, "", "if unless so"),
    ({"consequence": words("war")}, "", "troops"),
]


@pytest.mark.parametrize(("given", "lead", "matter"), LINES)
def test_row_of_other_lines(given: dict[str, Any], lead: str, matter: str) -> None:
    line = made(
        Line, actors=(ONE,), recipients=(OTHER,), sources=("s",), outcome="kept", outcome_sources=("o",),
        **({"matter": "troops", "is_negative": False} | given),
    )  # fmt: skip
    days = (DAYS["first_day"], DAYS["last_day"])
    assert row_of(line) == Row(lead, (ONE,), (OTHER,), matter, *days, ("s",), "kept", ("o",))


def test_document_with_its_events_in_order(small_file: Any) -> None:
    with Record.open_to_read(small_file) as record:
        coded = coded_document(record, "council")
    assert (coded.id, coded.document.id) == ("council", "council")
    assert [event.id for event in coded.events] == ["council-1", "council-2", "council-3"]
    assert len(coded.attributions) == 1


class Asking:
    """A record that notes what pages are asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[EventFilter, int]] = []

    def page(self, wanted: EventFilter, *, limit: int) -> tuple[list[Any], None]:
        self.asked.append((wanted, limit))
        name = "speaker" if wanted.speaker else wanted.polarity or "event"
        event = SimpleNamespace(id="both" if name != "negative" else name, event_type="AID")
        return [
            SimpleNamespace(event=event),
            SimpleNamespace(event=SimpleNamespace(id=name, event_type="AID")),
        ], None


def views_site() -> tuple[Any, Asking, list[tuple[object, ...]]]:
    record, keys = Asking(), []

    def cached(key: tuple[object, ...], make: Any) -> Any:
        keys.append(key)
        return make()

    return SimpleNamespace(record=lambda: nullcontext(record), cached=cached, state_names={}), record, keys


SPAN = {"since": dt.date(2022, 1, 1), "until": dt.date(2022, 2, 1)}


@pytest.mark.parametrize("party", [None, "GON"])
@pytest.mark.parametrize("name", ["deals", "disputes"])
def test_events_of_views(monkeypatch: pytest.MonkeyPatch, name: str, party: str | None) -> None:
    site, record, keys = views_site()
    given: list[Any] = []
    monkeypatch.setattr(
        questions, "views_of", lambda *parts, **named: given.append((parts, named)) or {"x": []}
    )
    found = make_views(site, (name,), party=party, **SPAN, unanswered=True, background=True)
    assert found == {"x": []}
    wanted = EventFilter(party=party, **SPAN, background=True)
    asked = [(wanted, 3000)]
    ids = ["both", "event"]
    if party:
        asked.append((EventFilter(speaker=party, **SPAN, background=True), 1000))
        ids.append("speaker")
    if name == "disputes":
        asked.append((EventFilter(party=party, **SPAN, polarity="negative"), 1000))
        ids += ["negative", "negative"]
    assert record.asked == asked
    ((parts, named),) = given
    assert (parts[0], parts[1], [each.event.id for each in parts[2]]) == (site, (name,), ids)
    assert named == {"party": party, "unanswered": True}
    assert keys == [("views", (name,), party, SPAN["since"], SPAN["until"], True, True)]


def test_views_without_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    site, record, keys = views_site()
    monkeypatch.setattr(questions, "views_of", lambda *parts, **named: named)
    assert make_views(site, ["deals"]) == {"party": None, "unanswered": False}
    assert record.asked == [(EventFilter(), 3000)]
    assert keys == [("views", ("deals",), None, None, None, False, False)]


def test_events_that_fit_a_view(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def view(name: str, events: Any, **named: Any) -> list[str]:
        given.append((name, [each.event.event_type for each in events], named))
        return [name]

    monkeypatch.setattr(questions, "make_view", view)
    types = ("AID", "REQUEST", "SANCTION")
    events = [SimpleNamespace(event=SimpleNamespace(event_type=name)) for name in types]
    site: Any = SimpleNamespace(state_names={"GON": "Gondor"})
    names = ("demands", "disputes", "positions")
    assert views_of(site, names, events, party="GON", unanswered=True) == {name: [name] for name in names}
    named = {"party": "GON", "unanswered": True, "names": {"GON": "Gondor"}}
    assert given == [
        ("demands", ["REQUEST"], named), ("disputes", ["AID", "REQUEST", "SANCTION"], named),
        ("positions", ["REQUEST"], named),
    ]  # fmt: skip
    assert list(views_of(site, ("demands",), [])) == ["demands"]
