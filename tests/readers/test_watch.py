"""Watching a feed on a server of our own: only what changed, within bounds, and nowhere it should not go."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.errors import BusyRecordError, DocumentError, FetchError, StateError
from dragoman.model.documents import Document, Failure
from dragoman.readers import watch as watching
from dragoman.readers.watch import FeedState, failed, fetch, load_state, next_wait, poll, save_state, watch

from .conftest import TITLE, rss_feed

Answer = Callable[[BaseHTTPRequestHandler], None]
Serve = Callable[[Answer], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/feed.xml"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    *,
    status: int = 200,
    length: int | None = None,
    **headers: str,
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def test_only_what_changed_is_sent_again(serve: Serve) -> None:
    asked: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["If-None-Match"])
        if handler.headers["If-None-Match"] == '"1"':
            send(handler, b"", status=304)
        else:
            send(handler, rss_feed().encode(), ETag='"1"', Last_Modified="Tue, 15 Feb 2022 10:00:00 GMT")

    url = serve(answer)
    documents, state = poll(url, FeedState())
    assert [d.title for d in documents if isinstance(d, Document)] == [TITLE]
    again, state = poll(url, state)
    assert again == []
    assert asked == [None, '"1"']
    assert (state.etag, state.last_modified) == ('"1"', "Tue, 15 Feb 2022 10:00:00 GMT")


def test_a_packed_answer_is_unpacked(serve: Serve) -> None:
    packed = gzip.compress(rss_feed().encode())
    url = serve(lambda handler: send(handler, packed, Content_Encoding="gzip"))
    assert fetch(url).body == rss_feed().encode()


def test_redirects_on_the_same_machine_are_followed(serve: Serve) -> None:
    last = serve(lambda handler: send(handler, b"here"))
    first = serve(lambda handler: send(handler, b"", status=302, Location=last))
    assert fetch(first).body == b"here"


REFUSED: list[tuple[str, Answer, str]] = [
    ("file", lambda h: send(h, b"", status=302, Location="file:///etc/passwd"), "no http or https"),
    ("ftp", lambda h: send(h, b"", status=301, Location="ftp://127.0.0.1/x"), "no http or https"),
    ("broken", lambda h: send(h, b"", status=301, Location="http://[::1"), "no address"),
    ("loop", lambda h: send(h, b"", status=301, Location=h.path), "more than 5 times"),
    ("missing", lambda h: send(h, b"", status=404), "answers 404"),
    ("large", lambda h: send(h, b"x" * 3000), "more than 2,000 bytes"),
    ("packed", lambda h: send(h, gzip.compress(b"x" * 90_000)), "times its size"),
    ("cut", lambda h: send(h, b"x", length=1000), "broke off"),
    ("garbage", lambda h: h.wfile.write(b"\x00\x01\x02\r\n\r\n") and None, ""),
]


@pytest.mark.parametrize(("answer", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused(serve: Serve, answer: Answer, words: str) -> None:
    with pytest.raises(DocumentError) as raised:
        fetch(serve(answer), limit=2000)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_public_address_does_not_lead_to_a_private_one(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = serve(lambda handler: send(handler, b"secret"))
    port = url.split(":")[2].split("/")[0]
    # A name that anybody may give an address on this machine.
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))],
    )
    with pytest.raises(FetchError, match=r"private address 127\.0\.0\.1"):
        fetch(f"http://feeds.example:{port}/feed.xml")


@pytest.mark.parametrize(
    ("address", "public"),
    [("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False), ("169.254.169.254", False),
     ("::1", False), ("fe80::1%eth0", False), ("::ffff:127.0.0.1", False), ("fd00::1", False),
     ("0.0.0.0", False), ("224.0.0.1", False), ("93.184.216.34", True), ("2606:2800:220:1::1", True)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert watching._is_public(address) is public


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x", "http://", "http://[::1", "nonsense", ""])
def test_only_http_is_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url)


def test_a_server_that_dawdles_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(50):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.02)

    monkeypatch.setattr(watching, "_DEADLINE", 0.1)
    with pytest.raises(FetchError, match="not done"):
        fetch(serve(answer))


def test_a_server_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(watching, "_TIMEOUT", 0.1)
        with pytest.raises(FetchError, match="no answer within"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/")


def test_waits_grow_after_failures_and_as_the_server_asks(serve: Serve) -> None:
    url = serve(lambda handler: send(handler, b"", status=503, Retry_After="7200"))
    state = FeedState(etag='"1"')
    waits = [next_wait(state, 600)]
    for _ in range(3):
        state = failed(state, FetchError(where="x", why="y"))
        waits.append(next_wait(state, 600))
    assert waits == [600, 1200, 2400, 4800]
    assert next_wait(FeedState(failures=30), 600) == 6 * 3600
    with pytest.raises(FetchError) as raised:
        fetch(url)
    state = failed(FeedState(etag='"1"'), raised.value)
    assert (next_wait(state, 600), state.etag) == (7200, '"1"')


def test_the_state_is_kept_between_runs_and_only_when_the_documents_are(serve: Serve, tmp_path: Path) -> None:
    url = serve(lambda handler: send(handler, rss_feed().encode(), ETag='"1"'))
    path = tmp_path / "news.sqlite.feeds.json"
    save_state(path, "http://other.example/", FeedState(etag='"2"'))

    def broken(documents: list[Document | Failure]) -> None:
        raise OSError("disk full")

    arguments = {"state_path": path, "every": 60.0, "once": True, "tell": lambda *_: None}
    with pytest.raises(OSError, match="disk full"):
        watch(url, keep=broken, **arguments)  # type: ignore[arg-type]
    assert load_state(path, url) == FeedState()
    watch(url, keep=lambda documents: None, **arguments)  # type: ignore[arg-type]
    assert load_state(path, url).etag == '"1"'
    assert load_state(path, "http://other.example/").etag == '"2"'
    path.write_text("{broken")
    assert load_state(path, url) == FeedState()


def test_watching_goes_on_after_a_failure(serve: Serve, tmp_path: Path) -> None:
    answers = iter([(500, b""), (200, b"no feed"), (200, rss_feed().encode())])

    def answer(handler: BaseHTTPRequestHandler) -> None:
        status, body = next(answers)
        send(handler, body, status=status)

    kept: list[Document | Failure] = []
    told: list[str] = []
    slept: list[float] = []

    class Enough(Exception):  # noqa: N818 - not an error
        pass

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise Enough

    with pytest.raises(Enough):
        watch(
            serve(answer), state_path=tmp_path / "s.json", every=60, once=False, keep=kept.extend,
            tell=lambda error, wait: told.append(str(error)), sleep=sleep,
        )  # fmt: skip
    assert slept == [120, 240, 60]
    assert ["500" in told[0], "neither RSS nor Atom" in told[1], len(told)] == [True, True, 2]
    assert len(kept) == 1


@pytest.mark.parametrize("part", ["status", "headers", "chunks"])
def test_what_drips_is_ended_in_time(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No single wait is long; all of them together are."""
    monkeypatch.setattr(watching, "_DEADLINE", 0.5)
    whole = {
        "status": b"HTTP/1.1 2" + b"0" * 2000,
        "headers": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(90)),
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 500,
    }[part]
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connected, _ = server.accept()
            with connected:
                connected.recv(1000)
                for at in range(0, len(whole), 4):
                    try:
                        connected.sendall(whole[at : at + 4])
                    except OSError:
                        return
                    time.sleep(0.02)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        began = time.monotonic()
        with pytest.raises(FetchError, match="not done after"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert time.monotonic() - began < 3
        thread.join(5)


def test_a_locked_record_is_waited_for(serve: Serve, tmp_path: Path) -> None:
    url = serve(lambda handler: send(handler, rss_feed().encode(), ETag='"1"'))
    kept: list[int] = []
    told: list[str] = []
    waits: list[float] = []

    def keep(documents: list[Document | Failure]) -> None:
        if len(told) < 3:
            raise BusyRecordError(where="news.sqlite", message="database is locked")
        kept.append(len(documents))

    watch(
        url, state_path=tmp_path / "feeds.json", every=600, once=True, keep=keep,
        tell=lambda error, wait: told.append(str(error)), sleep=waits.append,
    )  # fmt: skip
    assert kept == [1]
    assert told == ["news.sqlite: database is locked"] * 3
    assert len(waits) == 3
    assert load_state(tmp_path / "feeds.json", url).etag == '"1"'


def test_states_that_cannot_be_written_are_our_error(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"feeds.json: cannot be written"):
        save_state(tmp_path / "none" / "feeds.json", "http://x", FeedState())
