"""The application over the small record: errors, compression, what it starts and what it closes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.testclient import TestClient

from dragoman.web import app as app_module
from dragoman.web.app import Settings, create_app
from dragoman.web.responses import HEADERS

from .quick_record import client_of


def test_the_same_kind_of_error_for_each_fault(small: TestClient) -> None:
    answer = small.get("/api/nothing-here")
    assert answer.status_code == 404
    assert answer.json()["error"] == {
        "code": "not_found", "message": "there is nothing at /api/nothing-here",
        "hint": "look in the ledger or search the reports",
    }  # fmt: skip
    answer = small.post("/api/events")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["error"]["code"] == "not_allowed"
    assert answer.json()["error"]["message"] == "Method Not Allowed"


# Address, and the message of the error.
INVALID = [
    ("/api/events?limit=0", "limit: Input should be greater than or equal to 1"),
    ("/api/event", "id: Field required"),
    ("/api/events?reviewed=perhaps", "reviewed: Input should be a valid boolean, unable to interpret input"),
    ("/api/events?reader=third", "reader: Input should be 'first', 'second', 'both' or 'either'"),
    ("/api/views/joy", "name: "),
    ("/api/events?joy=1", "joy: Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("path", "message"), INVALID)
def test_parameters_that_cannot_be_read(small: TestClient, path: str, message: str) -> None:
    answer = small.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_valid")
    assert answer.json()["error"]["message"].startswith(message)


def test_messages_of_validators_without_their_prefix() -> None:
    error = RequestValidationError([{"loc": ("query",), "msg": "Value error, leave it out"}])
    assert app_module._validation_message(error) == "the request: leave it out"
    error = RequestValidationError([{"loc": ("body", "a", 0), "msg": "bad"}, {"loc": (), "msg": "other"}])
    assert app_module._validation_message(error) == "a.0: bad"
    error = RequestValidationError([{"loc": ("path", "name"), "msg": "bad"}])
    assert app_module._validation_message(error) == "name: bad"


def test_faults_of_the_program(small_file: Path) -> None:
    app = client_of(small_file).app

    def fail() -> None:
        raise RuntimeError

    for path in ("/fail", "/api/fail"):
        app.add_api_route(path, fail)
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = client.get("/api/fail")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "broken"
    assert answer.json()["error"]["message"] == "something broke inside"
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "<h1>Something broke</h1>" in client.get("/fail").text


def test_long_answers_are_compressed(small: TestClient) -> None:
    page = small.get("/ledger", headers={"accept-encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    short = small.get("/api/counts?by=month", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in short.headers


def test_parts_of_the_application(small_file: Path) -> None:
    app = create_app(Settings(record=small_file, rate=3))
    assert (app.title, app.docs_url, app.redoc_url, app.openapi_url) == ("Dragoman", None, None, None)
    assert app.state.rate._limit == 3
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert TestClient(app, base_url="http://127.0.0.1").get(path).status_code == 404


def test_server_prepares_and_closes(small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = client_of(small_file).app
    done: list[str] = []
    monkeypatch.setattr(app_module, "prepare", lambda site: done.append("prepared"))
    monkeypatch.setattr(app.state.site.background, "start", lambda work: work())
    monkeypatch.setattr(app.state.site, "close", lambda: done.append("closed"))
    with TestClient(app, base_url="http://127.0.0.1"):
        assert done == ["prepared"]
    assert done == ["prepared", "closed"]


def test_statistics_are_loaded_for_reviewers(small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = threading.Event()
    monkeypatch.setattr(app_module, "load_statistics", loaded.set)
    create_app(Settings(record=small_file))
    assert not loaded.wait(0.05)
    create_app(Settings(record=small_file, review_token="a-token-of-reviewers"))
    assert loaded.wait(5)
