"""Suggestions for typed letters: actors by any name, dyads, issues, event types and reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.web.suggesting import _place_in

from .quick_record import client_of, event

pytestmark = pytest.mark.pipeline


def _found(client: TestClient, typed: str) -> list[dict[str, str]]:
    answer = client.get("/api/suggest", params={"q": typed})
    assert answer.status_code == 200
    return answer.json()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("typed", "kind", "href"),
    [
        ("arnor", "actor", "/dossiers/actor?id=ARN"),
        ("ARN", "actor", "/dossiers/actor?id=ARN"),
        ("gond", "actor", "/dossiers/actor?id=GON"),
        ("macron", "actor", "/dossiers/actor?id="),
        ("Arnor > Gondor", "dyad", "/dossiers/dyad?actor=ARN&recipient=GON"),
        ("gondor and arnor", "dyad", "/dossiers/dyad?actor=GON&recipient=ARN"),
        ("taiwan indep", "issue", "/dossiers/issue?id=taiwan-independence"),
        ("threat", "type", "/codebook/THREATEN"),
        ("sanctions over", "report", "/report?id=river"),
    ],
)
def test_suggestions(client: TestClient, typed: str, kind: str, href: str) -> None:
    fitting = [each for each in _found(client, typed) if each["kind"] == kind]
    assert any(each["href"].startswith(href) for each in fitting), _found(client, typed)


def test_who_is_on_record_comes_first(client: TestClient) -> None:
    names = [each for each in _found(client, "ro") if each["kind"] == "actor"]
    assert names[0]["label"] == "Rohan"
    assert "event" in names[0]["detail"]


def test_an_actor_offers_its_dyads(client: TestClient) -> None:
    labels = [each["label"] for each in _found(client, "Arnor") if each["kind"] == "dyad"]
    assert labels
    assert all(label.startswith("Arnor →") for label in labels)


@pytest.mark.parametrize("typed", ["", "   ", "%", '"', "\u202e", "x" * 200, "> >", "qzxw"])
def test_odd_words_suggest_nothing_bad(client: TestClient, typed: str) -> None:
    for each in _found(client, typed):
        assert each["href"].startswith("/")


def test_every_suggestion_is_a_page(client: TestClient) -> None:
    for typed in ("arnor", "sanctions", "arnor > rohan", "acc", "court"):
        for each in _found(client, typed):
            assert client.get(each["href"]).status_code == 200, each


def test_the_box_works_without_scripts(client: TestClient) -> None:
    page = client.get("/").text
    assert 'action="/search"' in page
    found = client.get("/search?q=arnor").text
    assert 'href="/dossiers/actor?id=ARN"' in found
    assert "Arnor and Gondor" in found


# Without a language model, over the small record and a crowded one.


def suggested(client: TestClient, typed: str, limit: int = 8) -> list[tuple[str, str, str]]:
    site = client.app.state.site
    with site.record() as record:
        return [
            (each.kind, each.label, each.detail)
            for each in site.suggester.suggest(record, typed, limit=limit)
        ]


GONDOR = [("actor", "Gondor", "6 events"), ("actor", "Council of Gondor", "not on record")]
DYADS = [("dyad", "Gondor → Arnor", "1 event"), ("dyad", "Gondor → Mordor", "1 event")]
REPORTS = [("report", "Council of the north", "2022-02-09 · The Gazette"),
           ("report", "The river", "2022-02-10 · The Courier")]  # fmt: skip
BOTH = "what the first did toward the second"
# Words and suggestions.
SUGGESTED = [
    ("gondor", [*GONDOR, *DYADS, *REPORTS]),
    (" Gondor ", [*GONDOR, *DYADS, *REPORTS]),
    # The beginning of a name has no dyads.
    ("gondo", [*GONDOR, *REPORTS]),
    ("GON", [("actor", "Gondor", "GON; 6 events"), ("actor", "Gonzalo", "")]),
    ("riddermark", [("actor", "Rohan", "Riddermark; 1 event")]),
    ("mordor", [("actor", "Mordor", "1 event"), ("report", "denial", ""),
                ("report", "The river", "2022-02-10 · The Courier")]),
    ("umbar", [("actor", "Umbar", "not on record"), ("actor", "Corsairs of Umbar", "not on record")]),
    ("Arnor > Gondor", [("dyad", "Arnor → Gondor", BOTH), ("dyad", "Gondor → Arnor", BOTH)]),
    ("arnor and gondor", [("dyad", "Arnor → Gondor", BOTH), ("dyad", "Gondor → Arnor", BOTH)]),
    ("gondor against arnor", [("dyad", "Gondor → Arnor", BOTH), ("dyad", "Arnor → Gondor", BOTH)]),
    ("gondor, nobody-at-all", []),
    ("gondor > arnor > rohan", []),
    ("", []),
    ("  ", []),
    ("qzxqzx", []),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), SUGGESTED)
def test_suggestions_of_the_small_record(
    small: TestClient, typed: str, found: list[tuple[str, str, str]]
) -> None:
    told = suggested(small, typed)
    if typed == "GON":
        assert told[0] == found[0]
        return
    if ">" in typed or " a" in typed:
        told = [each for each in told if each[0] == "dyad"]
    assert told == found


def test_limit_of_suggestions(small: TestClient, crowded: TestClient) -> None:
    assert suggested(small, "gondor", 5) == [*GONDOR, *DYADS, *REPORTS]
    assert suggested(small, "gondor", 4) == [GONDOR[0], *DYADS, *REPORTS]
    found = suggested(crowded, "party", 8)
    assert [kind for kind, *_ in found] == ["actor"] * 5 + ["report"] * 2
    assert found[:2] == [("actor", "Party 001", "2 events"), ("actor", "Party 002", "2 events")]
    assert [kind for kind, *_ in suggested(crowded, "arnor", 8)][:2] == ["actor", "dyad"]


def test_no_more_than_three_dyads(tmp_path: Path) -> None:
    path = tmp_path / "many.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for number, name in enumerate(("Gondor", "Mordor", "Rohan", "Harad")):
            text = f"Arnor met {name}."
            made = event(f"e{number}", text, text, "met", "CONSULT")
            document = Document(id=f"r{number}", text=text)
            record.add(CodedDocument(id=f"r{number}", document=document, events=(made,), attributions=()),
                       run_id=run)  # fmt: skip
    found = suggested(client_of(path), "arnor")
    assert [label for kind, label, _ in found if kind == "dyad"] == [
        "Arnor → Gondor", "Arnor → Harad", "Arnor → Mordor",
    ]  # fmt: skip
    assert [label for kind, label, _ in found if kind == "report"] == ["r0", "r1"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("threat", [("type", "THREATEN")]),
        ("taiwan", [("issue", "Taiwan independence"), ("issue", "Arms for Taiwan")]),
        ("assa", [("type", "ASSAULT"), ("issue", "Assad's rule")]),
    ],
)
def test_issues_and_types(small: TestClient, typed: str, found: list[tuple[str, str]]) -> None:
    told = small.app.state.site.suggester.topics(typed)
    assert [(each.kind, each.label) for each in told][: len(found)] == found
    assert [each.kind for each in told] == sorted((each.kind for each in told), reverse=True)
    for each in told:
        issue = each.kind == "issue"
        assert each.href.startswith("/dossiers/issue?id=" if issue else f"/codebook/{each.label}")
        assert each.detail == "an issue" if issue else 0 < len(each.detail) <= 60


@pytest.mark.parametrize(
    ("words", "name", "place"),
    [
        ("a", "a", 0),
        ("a", "ab", 1),
        ("b", "a b", 2),
        ("b", "ab", None),
        ("b c", "a b c", 2),
        ("a b", "a", None),
    ],
)
def test_place_in_a_name(words: str, name: str, place: int | None) -> None:
    assert _place_in(words, name) == place


def test_names_that_are_searched(small: TestClient) -> None:
    site = small.app.state.site
    names = [(name.id, name.written, name.folded) for name in site.suggester._names]
    assert [each for each in names if each[0] == "ROH"] == [
        ("ROH", "Rohan", "rohan"), ("ROH", "Riddermark", "riddermark"), ("ROH", "Rohans", "rohans"),
        ("ROH", "ROH", "roh"),
    ]  # fmt: skip
    person = next(iter(site.actors.persons.values()))
    assert [written for id, written, _ in names if id == person.id] == [
        *dict.fromkeys((person.name, *person.names))
    ]


def test_titles_of_reports_are_short(tmp_path: Path) -> None:
    path = tmp_path / "long.sqlite"
    with Record.open(path) as record:
        document = Document(id="r", text="Qzxq fell.", title="x" * 71, publisher="Paper")
        record.add(CodedDocument(id="r", document=document, events=(), attributions=()),
                   run_id=record.begin_run("test"))  # fmt: skip
    client = client_of(path)
    for typed in ("qzx", "qzx*", " qzxq "):
        assert suggested(client, typed) == [("report", "x" * 69 + "…", "Paper")]
