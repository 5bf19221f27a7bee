"""Suggestions for typed letters: actors by any name, dyads, issues, event types and reports."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

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
