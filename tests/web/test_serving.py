"""The server as a process: limits on connections, shutdown, and clients that disconnect."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.serving import server_config
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.building import new_record

# Short time limits, and a query that never ends.
PROGRAM = """
import sys
from dragoman.web import sockets
sockets.BoundedProtocol.seconds_to_ask = 1.0
sockets.BoundedProtocol.most_connections = 20
from dragoman.record.reading import Reading
ENDLESS = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
search = Reading.search
def slow(self, text, **more):
    return self._connection.execute(ENDLESS).fetchall() if text == "endless" else search(self, text, **more)
Reading.search = slow
from dragoman.cli.main import run
run()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    path = tmp_path / "r.sqlite"
    with new_record(path) as record:
        document = Document(id="a", text="Arnor met Gondor.")
        coded = CodedDocument(id="a", document=document, events=(), attributions=())
        record.fill([coded], run_id=record.begin_run("x"))
    port = free_port()
    command = [sys.executable, "-c", PROGRAM, "serve", "--record", str(path), "--port", str(port)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    for _ in range(150):
        try:
            get(port, "/api/documents")
            break
        except OSError:
            time.sleep(0.1)
    yield process, port
    process.kill()
    process.communicate()


def ask_endlessly(port: int) -> list[http.client.HTTPConnection]:
    """Send a few requests whose queries never end."""
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(4)]
    for connection in connections:
        connection.request("GET", "/api/search?q=endless")
    return connections


def busy_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_soon_idle(pid: int) -> bool:
    """Return True once a process uses little of half a second; what a server prepares at its start ends."""
    for _ in range(30):
        before = busy_seconds(pid)
        time.sleep(0.5)
        if busy_seconds(pid) - before < 0.15:
            return True
    return False


def test_queries_of_disconnected_clients_are_interrupted(server: tuple[subprocess.Popen[str], int]) -> None:
    process, port = server
    connections = ask_endlessly(port)
    time.sleep(1.0)
    for connection in connections:
        connection.close()
    assert is_soon_idle(process.pid)
    assert get(port, "/api/search?q=Arnor")[0] == 200


def test_the_server_shuts_down_on_a_signal(server: tuple[subprocess.Popen[str], int]) -> None:
    process, port = server
    connections = ask_endlessly(port)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    for connection in connections:
        answer = connection.getresponse()
        assert (answer.status, b"the server is shutting down" in answer.read()) == (503, True)
        connection.close()
    assert process.wait(timeout=15) in (0, -signal.SIGTERM)


def test_half_open_connections_are_closed(server: tuple[subprocess.Popen[str], int]) -> None:
    _, port = server
    halves = []
    for number in range(15):
        half = socket.create_connection(("127.0.0.1", port), timeout=10)
        half.sendall(b"GET / HTTP/1.1\r\nHost: 127" if number % 2 else b"")
        halves.append(half)
    after_one = socket.create_connection(("127.0.0.1", port), timeout=10)
    after_one.sendall(b"GET /api/documents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert after_one.recv(100).startswith(b"HTTP/1.1 200")
    after_one.sendall(b"GET / HTTP/1.1\r\n")
    assert get(port, "/api/documents")[0] == 200
    for half in [*halves, after_one]:
        try:
            while half.recv(65536):
                pass
        except ConnectionResetError:
            pass
        half.close()


def test_the_number_of_connections_is_limited(server: tuple[subprocess.Popen[str], int]) -> None:
    _, port = server
    many = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(30)]
    time.sleep(0.3)
    closed = 0
    for one in many:
        one.setblocking(False)
        try:
            closed += one.recv(1) == b""
        except BlockingIOError:
            pass
        except ConnectionResetError:
            closed += 1
    assert closed >= 9
    for one in many:
        one.close()
    time.sleep(0.2)
    assert get(port, "/api/documents")[0] == 200


def test_invalid_http_is_refused_with_the_usual_headers(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    _, port = server
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        one.sendall(b"NONSENSE\r\n\r\n")
        answer = one.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 400")
    assert "content-security-policy: default-src 'self'" in answer
    assert '"code":"bad_request"' in answer


def serve(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", "serve", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_other_hosts_are_served_only_on_confirmation(tmp_path: Path, host: str) -> None:
    done = serve("--record", str(tmp_path / "none.sqlite"), "--host", host)
    assert done.returncode == 1
    assert "--i-know" in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_other_hosts_gives_a_warning(tmp_path: Path) -> None:
    done = serve("--record", str(tmp_path / "none.sqlite"), "--host", "0.0.0.0", "--i-know")
    assert "warning: other machines" in done.stderr
    assert "none.sqlite" in done.stderr


@pytest.mark.parametrize(
    ("trusted", "peer", "asker"),
    [
        ((), "127.0.0.1", "127.0.0.1"),
        (("192.0.2.7",), "127.0.0.1", "127.0.0.1"),
        (("192.0.2.7",), "192.0.2.7", "203.0.113.9"),
    ],
)
def test_only_a_trusted_proxy_sets_the_client_address(
    trusted: tuple[str, ...], peer: str, asker: str
) -> None:
    seen: list[str] = []

    async def app(scope: dict[str, Any], receive: object, send: object) -> None:
        seen.append(scope["client"][0])

    config = server_config(app, host="127.0.0.1", port=1, trusted_proxies=trusted)
    config.load()
    scope = {
        "type": "http", "client": (peer, 1234), "scheme": "http",
        "headers": [(b"x-forwarded-for", b"203.0.113.9")],
    }  # fmt: skip
    asyncio.run(config.loaded_app(scope, None, None))
    assert seen == [asker]


@pytest.mark.parametrize(
    "words",
    [
        ("--host", "0.0.0.0", "--i-know"), ("--allow-host", "news.example.org"),
        ("--trusted-proxy", "192.0.2.7"),
    ],
)  # fmt: skip
def test_review_from_other_hosts_needs_a_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("DRAGOMAN_REVIEW_TOKEN", raising=False)
    asked = ("--record", str(tmp_path / "none.sqlite"), "--review", *words)
    done = serve(*asked)
    assert done.returncode == 1
    assert "--review-token-file" in done.stderr
    # With a token, the next error is reported.
    token = tmp_path / "token"
    token.write_text("long enough to be a secret\n")
    assert "none.sqlite" in serve(*asked, "--review-token-file", str(token)).stderr
    monkeypatch.setenv("DRAGOMAN_REVIEW_TOKEN", "long enough to be a secret")
    assert "none.sqlite" in serve(*asked).stderr


@pytest.mark.parametrize(
    ("content", "says"), [("", "empty"), ("short", "16 characters"), (None, "cannot be read")]
)
def test_invalid_review_tokens(record_file: Path, tmp_path: Path, content: str | None, says: str) -> None:
    token = tmp_path / "token"
    if content is not None:
        token.write_text(content)
    done = serve("--record", str(record_file), "--review", "--review-token-file", str(token))
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
