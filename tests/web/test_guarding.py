"""The outermost layer: which requests reach the application, and what is said to the others."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dragoman.web.guarding import MAX_BODY, Guard
from dragoman.web.request_limits import RequestLimits
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
