"""The outermost layer: which requests reach the application, and what is said to the others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dragoman.web import guarding
from dragoman.web.guarding import MAX_BODY, Guard
from dragoman.web.request_limits import RequestLimits, current_limit
from dragoman.web.responses import HEADERS


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(
        str(len(await request.body())), headers={"x-frame-options": "ALLOW", "x-own": "1"}
    )


def served(*hosts: str, most: int = 9) -> TestClient:
    app = Starlette(routes=[Route("/", _echo, methods=["GET", "POST", "HEAD", "PUT"])])
    guard = Guard(app, hosts or ("127.0.0.1", "LocalHost", "[::1]"), RequestLimits(most=most))
    return TestClient(guard, base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with served() as client:
        yield client


# The name in a request, whether it is served.
HOSTS = [
    ("127.0.0.1", True), ("127.0.0.1:8000", True), ("localhost", True), ("LOCALHOST:1", True),
    ("[::1]", True), ("[::1]:8000", True), ("[::2]:8000", False), ("evil.example", False),
    ("127.0.0.1.evil.example", False), ("", False), ("::1", False),
]  # fmt: skip


@pytest.mark.parametrize(("host", "is_served"), HOSTS)
def test_hosts(client: TestClient, host: str, is_served: bool) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == (200 if is_served else 421)
    if not is_served:
        error = answer.json()["error"]
        assert (error["code"], "--allow-host" in error["hint"]) == ("wrong_host", True)


def test_any_host_where_that_is_asked_for() -> None:
    with served("*") as client:
        assert client.get("/", headers={"host": "evil.example"}).status_code == 200


# Method, headers, status: what a browser says of where a request comes from.
SITES = [
    ("GET", {}, 200),
    ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
    ("GET", {"sec-fetch-site": "cross-site"}, 200),
    ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, 403),
    ("HEAD", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
    ("GET", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
    ("GET", {"origin": "http://evil.example"}, 200),
    ("POST", {}, 200),
    ("POST", {"sec-fetch-site": "same-origin"}, 200),
    ("POST", {"sec-fetch-site": "none"}, 200),
    ("POST", {"sec-fetch-site": "same-site"}, 403),
    ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
    ("POST", {"origin": "http://127.0.0.1"}, 200),
    ("POST", {"origin": "http://evil.example"}, 403),
    ("POST", {"origin": "null"}, 403),
    ("POST", {"origin": "http://["}, 403),
    ("PUT", {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"}, 403),
]


@pytest.mark.parametrize(("method", "headers", "status"), SITES)
def test_other_sites(client: TestClient, method: str, headers: dict[str, str], status: int) -> None:
    answer = client.request(method, "/", headers=headers)
    assert answer.status_code == status
    if status == 403 and method != "HEAD":
        assert answer.json()["error"]["code"] == "not_allowed"


# The length that a request says it has, whether it is served.
@pytest.mark.parametrize(
    ("length", "status"),
    [("0", 200), (str(MAX_BODY + 1), 413), ("9" * 40, 413), ("-1", 413), ("x", 413), ("²", 413)],
)
def test_lengths(client: TestClient, length: str, status: int) -> None:
    answer = client.get("/", headers={b"content-length": length.encode("latin-1")})
    assert answer.status_code == status
    if status == 413:
        assert answer.json()["error"] == {
            "code": "too_large",
            "message": "more than 1,048,576 bytes",
            "hint": "",
        }


def test_bodies_up_to_the_limit(client: TestClient) -> None:
    assert client.post("/", content=b"x" * MAX_BODY).text == str(MAX_BODY)
    assert client.post("/", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_every_answer_has_the_headers_once(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/", headers={"host": "evil.example"})):
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value]
    assert client.get("/").headers["x-own"] == "1"


def test_a_full_server_says_so() -> None:
    with served(most=0) as client:
        answer = client.get("/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert json.loads(answer.content)["error"]["message"].startswith("too many requests")


# Requests without a client: what the guard sends, and what the application receives.


async def _run(guard: Guard, scope: dict[str, Any], messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        for message in waiting:
            return message
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await guard(scope, receive, send)
    return sent


def handled(
    messages: list[dict[str, Any]], app: Any, *, method: str = "POST", limits: RequestLimits | None = None,
    **headers: str,
) -> list[dict[str, Any]]:  # fmt: skip
    """Run one request through the guard."""
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "headers": [(b"host", b"here"), *given]}
    return asyncio.run(
        _run(Guard(app, ("here",), RequestLimits() if limits is None else limits), scope, messages)
    )


def part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


GONE = {"type": "http.disconnect"}


def reading(count: int, found: list[dict[str, Any]]) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        for _ in range(count):
            found.append(await receive())

    return app


def test_parts_of_a_body_arrive_in_order() -> None:
    found: list[dict[str, Any]] = []
    handled([part(b"a", True), part(b"b"), GONE], reading(3, found))
    assert found == [part(b"a", True), part(b"b"), GONE]


def test_body_is_cut_at_the_limit() -> None:
    for last, is_cut in ((MAX_BODY - 1, False), (MAX_BODY, True)):
        found: list[dict[str, Any]] = []
        handled([part(b"x", True), part(b"x" * last)], reading(2, found))
        assert (found[1] == GONE) == is_cut


def test_messages_without_a_body_are_passed_on() -> None:
    found: list[dict[str, Any]] = []
    handled([{"type": "http.request"}, GONE], reading(2, found))
    assert found == [{"type": "http.request"}, GONE]


def test_body_that_does_not_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "SECONDS_TO_SEND", 0.02)
    found: list[dict[str, Any]] = []
    handled([part(b"a", True)], reading(2, found))
    assert found == [part(b"a", True), GONE]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_requests_without_a_body_notice_who_left(method: str) -> None:
    """The guard reads what follows a request: its queries are stopped when the client disconnects."""
    reasons: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        limit = current_limit()
        assert limit is not None
        limit.stop = reasons.append  # type: ignore[method-assign]
        await asyncio.sleep(0.02)
        reasons.append((await receive())["type"])
        reasons.append((await receive())["type"])

    handled([part(b""), GONE], app, method=method)
    assert reasons == ["the client disconnected", "http.request", "http.disconnect"]


def test_headers_of_answers_are_replaced() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"X-Frame-Options", b"ALLOW"), (b"x-own", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x"})

    start, body = handled([part(b"")], app)
    assert start["headers"] == [(b"x-own", b"1"), *((k.encode(), v.encode()) for k, v in HEADERS.items())]
    assert body == {"type": "http.response.body", "body": b"x"}


REFUSALS = [
    ({"host": "there"}, 421, "wrong_host", "this server is not known by that name",
     "open the server by the name it was started with, or name it with --allow-host"),
    ({"origin": "http://there"}, 403, "not_allowed", "the request comes from another site", ""),
    ({"content_length": "1048577"}, 413, "too_large", "more than 1,048,576 bytes", ""),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "status", "code", "message", "hint"), REFUSALS)
def test_refusals(headers: dict[str, str], status: int, code: str, message: str, hint: str) -> None:
    start, end = handled([part(b"")], reading(0, []), **headers)
    assert (start["type"], start["status"], end["type"]) == (
        "http.response.start",
        status,
        "http.response.body",
    )
    assert json.loads(end["body"]) == {"error": {"code": code, "message": message, "hint": hint}}
    assert start["headers"] == [
        (b"content-type", b"application/json"), (b"content-length", str(len(end["body"])).encode()),
        *((key.encode(), value.encode()) for key, value in HEADERS.items()),
    ]  # fmt: skip


@pytest.mark.parametrize("length", ["1048576", "0"])
def test_longest_length(length: str) -> None:
    found: list[dict[str, Any]] = []
    assert handled([part(b"a")], reading(1, found), content_length=length) == []
    assert found == [part(b"a")]


def test_full_server() -> None:
    start, end = handled([part(b"")], reading(0, []), limits=RequestLimits(most=0))
    assert start["status"] == 503
    assert json.loads(end["body"])["error"] == {
        "code": "busy", "message": "too many requests at once; try again in a minute", "hint": "",
    }  # fmt: skip


def test_other_kinds_of_connections_are_passed_on() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(_run(Guard(app, (), RequestLimits()), {"type": "lifespan"}, []))
    assert seen == ["lifespan"]


def test_options_are_questions_too() -> None:
    found: list[dict[str, Any]] = []
    handled([part(b"")], reading(1, found), method="OPTIONS", origin="http://there")
    assert found == [part(b"")]
    cross = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}
    assert handled([part(b"")], reading(1, []), method="OPTIONS", **cross)[0]["status"] == 403
