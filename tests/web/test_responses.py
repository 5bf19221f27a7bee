"""Answers: their tags, their errors, and how often texts may be coded."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from dragoman.errors import (
    ConflictError,
    DocumentError,
    DragomanError,
    EmptyDocumentError,
    NotFoundError,
    QueryTimeError,
    RecordError,
    TooLargeError,
    UsageError,
)
from dragoman.web import responses
from dragoman.web.refusals import RefusedError
from dragoman.web.responses import RateLimit, as_json, error_body, fault_response, wants_page

from .quick_record import client_of, title_of, words_of


def asked(path: str = "/api/x", **headers: str) -> Request:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": path, "headers": given, "query_string": b""})


def test_a_body_has_a_tag_by_its_content() -> None:
    first, same, other = (as_json(asked(), content) for content in ([1], [1], [2]))
    assert (first.status_code, first.body, first.media_type) == (200, b"[1]", "application/json")
    assert first.headers["etag"] == same.headers["etag"] != other.headers["etag"]
    assert first.headers["etag"].strip('"').isalnum()
    assert first.headers["cache-control"] == "no-cache"


# What the reader says that he has, whether it is sent again.
@pytest.mark.parametrize(
    ("tags", "status"),
    [("{}", 304), ("W/{}", 304), ('"x", {}', 304), ("*", 304), ('"x"', 200), ("", 200), ('"x", *', 200)],
)
def test_what_is_there_is_not_sent_again(tags: str, status: int) -> None:
    tag = as_json(asked(), [1]).headers["etag"]
    answer = as_json(asked(if_none_match=tags.format(tag)), [1])
    assert (answer.status_code, answer.headers["etag"]) == (status, tag)
    assert answer.body == (b"" if status == 304 else b"[1]")


# An error, its status, its code, and a word of the message.
FAULTS = [
    (RefusedError(message="no", status=429, code="too_many"), 429, "too_many", "no"),
    (NotFoundError(what="event", name="e1", hint="look"), 404, "not_found", "event 'e1' is not there"),
    (ConflictError(event="e1", reader="ann"), 409, "conflict", "ann has saved"),
    (UsageError(message="what?"), 400, "bad_request", "what?"),
    (TooLargeError(where="a", size=9, limit=3), 413, "too_large", "9"),
    (EmptyDocumentError(where="a"), 422, "not_valid", "a"),
    (QueryTimeError(why="longer than 5 s"), 503, "took_too_long", "longer than 5 s"),
    (RecordError(where="/secret/place", message="torn"), 503, "unavailable", "cannot be read just now"),
]


@pytest.mark.parametrize(("error", "status", "code", "words"), FAULTS)
def test_errors_have_one_shape(error, status: int, code: str, words: str) -> None:
    answer = fault_response(asked(), error)
    told = json.loads(answer.body)["error"]
    assert (answer.status_code, told["code"]) == (status, code)
    assert words in told["message"]
    assert told["hint"]
    assert "secret" not in answer.body.decode()


def test_the_hint_of_the_error_is_given_before_that_of_its_kind() -> None:
    told = json.loads(fault_response(asked(), NotFoundError(what="event", name="e", hint="look")).body)
    assert told["error"]["hint"] == "look"
    assert json.loads(error_body("x", "y")) == {"error": {"code": "x", "message": "y", "hint": ""}}


@pytest.mark.parametrize(
    ("path", "is_page"), [("/api", False), ("/api/events", False), ("/", True), ("/event", True)]
)
def test_pages_are_for_persons(path: str, is_page: bool) -> None:
    assert wants_page(asked(path)) is is_page


def test_so_many_texts_a_minute_from_each_address(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(at=1000.0)
    monkeypatch.setattr(responses.time, "monotonic", lambda: now.at)
    limit = RateLimit(2)
    limit.take("a")
    now.at += 30
    limit.take("a")
    with pytest.raises(RefusedError, match="more than 2 texts in a minute"):
        limit.take("a")
    limit.take("b")
    now.at += 30
    with pytest.raises(RefusedError):
        limit.take("a")
    # A minute after the first, one more is allowed, and only one.
    now.at += 0.5
    limit.take("a")
    with pytest.raises(RefusedError):
        limit.take("a")


# Status, code, hint, title and hint of the page.
PAGES = [
    (400, "bad_request", "", "This cannot be asked", "see /api for what each parameter takes"),
    (403, "not_allowed", "", "Not allowed", "see /api for what can be asked and how"),
    (404, "not_found", "", "Not in the record", "look in the ledger or search the reports"),
    (404, "not_found", "look here", "Not in the record", "look here"),
    (405, "not_allowed", "", "Not allowed", "see /api for what can be asked and how"),
    (409, "conflict", "", "Saved twice", "load the page again"),
    (413, "too_large", "", "Too long", "send one report at a time"),
    (422, "not_valid", "", "This cannot be read", "see /api for what each parameter takes"),
    (429, "too_many", "", "Too many at once", "wait a minute and try again"),
    (500, "broken", "", "Something broke", "please report what you did"),
    (503, "busy", "", "The record cannot be read", "wait a minute and try again"),
    (418, "other", "", "This did not work", ""),
]


@pytest.mark.parametrize(("status", "code", "hint", "title", "shown"), PAGES)
def test_pages_of_errors(
    small: TestClient, status: int, code: str, hint: str, title: str, shown: str
) -> None:
    scope = {"type": "http", "app": small.app, "path": "/x", "headers": [], "query_string": b""}
    answer = responses.error_response(Request(scope), status, code, "what <happened>", hint)
    assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-cache")
    page = answer.body.decode()
    assert title_of(page) == f"{title} · Dragoman"
    words = " ".join(words_of(page))
    assert words.startswith(f"# {title} what <happened> ")
    assert shown in words
    end = f"[To the reports](/) · [to the ledger](/ledger) {code}"
    assert words.endswith(end if shown else f"<happened> {end}")


@pytest.mark.parametrize(
    ("error", "status", "code", "message"),
    [(RefusedError(message="no", status="429", code="too_many"), 429, "too_many", "no"),
     (DocumentError(where="a", message="torn"), 422, "not_valid", "torn"),
     (DragomanError(message="x"), 500, "broken", "something broke inside")],
)  # fmt: skip
def test_other_faults(error: DragomanError, status: int, code: str, message: str) -> None:
    answer = fault_response(asked(), error)
    told = json.loads(answer.body)["error"]
    assert (answer.status_code, told["code"], answer.media_type) == (status, code, "application/json")
    assert message in told["message"]


def test_other_statuses_and_kinds() -> None:
    made = responses.tagged(asked(), b"a,b", "text/csv", status=201)
    assert (made.status_code, made.media_type, made.body) == (201, "text/csv", b"a,b")
    assert as_json(asked(), [1], status=202).status_code == 202
    assert len(made.headers["etag"]) == 26


@pytest.mark.parametrize(("query", "back"), [("", "/ledger"), ("?a=b", "/ledger?a=b")])
def test_way_back_to_the_page(small_file: Path, query: str, back: str) -> None:
    """Forms of reviewers and links to wait lead back to the page with its query."""
    client = client_of(small_file, review_token="a-token-of-reviewers")
    scope = {"type": "http", "app": client.app, "path": "/ledger", "headers": [],
             "query_string": query.removeprefix("?").encode()}  # fmt: skip
    seen: dict[str, object] = {}
    template = SimpleNamespace(render=lambda **given: seen.update(given) or "page")
    client.app.state.site.templates = SimpleNamespace(get_template=lambda name: template)
    answer = responses.as_page(Request(scope), "x.html", status=201, title="t")
    assert (answer.status_code, answer.body, answer.media_type) == (201, b"page", "text/html")
    assert answer.headers["cache-control"] == "no-cache"
    assert seen == {"here": "/ledger", "keep": False, "review": None, "review_on": True, "back": back,
                    "title": "t"}  # fmt: skip


def test_addresses_are_forgotten_when_there_are_many() -> None:
    limit = RateLimit(1)
    for number in range(10_000):
        limit.take(str(number))
    with pytest.raises(RefusedError):
        limit.take("0")
    limit.take("10000")
    # Of more than ten thousand addresses, all are forgotten.
    limit.take("0")
