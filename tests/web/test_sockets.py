"""Connections without a server: what starts and stops the timer, and what is closed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from dragoman.web.responses import HEADERS, error_body
from dragoman.web.sockets import BoundedProtocol


class Transport:
    """What was written to a connection, and how it was closed."""

    def __init__(self) -> None:
        self.written = b""
        self.ended: list[str] = []

    def write(self, data: bytes) -> None:
        self.written += data

    def abort(self) -> None:
        self.ended.append("aborted")

    def close(self) -> None:
        self.ended.append("closed")


class Loop:
    """The timers that were started; each is run or cancelled by hand."""

    def __init__(self) -> None:
        self.timers: list[SimpleNamespace] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> SimpleNamespace:
        timer = SimpleNamespace(seconds=seconds, call=call, cancelled=False)
        timer.cancel = lambda: setattr(timer, "cancelled", True)
        self.timers.append(timer)
        return timer


@pytest.fixture
def protocol(monkeypatch: pytest.MonkeyPatch) -> Any:
    calls: list[str] = []
    for name in ("connection_made", "data_received", "connection_lost"):
        monkeypatch.setattr(H11Protocol, name, lambda self, given, name=name: calls.append(name))
    made = BoundedProtocol.__new__(BoundedProtocol)
    made.loop, made.transport, made.cycle = Loop(), Transport(), None
    made.connections, made.calls, made.most_connections = {1, 2}, calls, 2
    return made


def working(complete: bool = False) -> SimpleNamespace:
    return SimpleNamespace(response_complete=complete)


@pytest.mark.parametrize(
    ("cycle", "is_at_work"), [(None, False), (working(), True), (working(complete=True), False)]
)
def test_at_work(protocol: Any, cycle: Any, is_at_work: bool) -> None:
    protocol.cycle = cycle
    assert protocol._is_at_work is is_at_work


def test_a_new_connection_has_some_seconds(protocol: Any) -> None:
    protocol.connection_made(protocol.transport)
    (timer,) = protocol.loop.timers
    assert timer.seconds == 10.0
    assert protocol.transport.ended == []
    timer.call()
    assert protocol.transport.ended == ["aborted"]
    assert protocol.calls == ["connection_made"]


def test_one_connection_too_many(protocol: Any) -> None:
    protocol.connections = {1, 2, 3}
    protocol.connection_made(protocol.transport)
    assert (protocol.transport.ended, protocol.loop.timers) == (["aborted"], [])


def test_a_complete_request_stops_the_timer(protocol: Any) -> None:
    protocol.connection_made(protocol.transport)
    protocol.data_received(b"GET /")
    (timer,) = protocol.loop.timers
    assert not timer.cancelled
    protocol.cycle = working()
    protocol.data_received(b" HTTP/1.1")
    assert timer.cancelled
    # Data of a next request after the first response starts another timer, once.
    protocol.cycle = working(complete=True)
    protocol.data_received(b"GET")
    protocol.data_received(b" /")
    assert len(protocol.loop.timers) == 2
    assert not protocol.loop.timers[1].cancelled


def test_a_request_at_work_is_not_ended(protocol: Any) -> None:
    protocol.connection_made(protocol.transport)
    protocol.cycle = working()
    protocol.loop.timers[0].call()
    assert protocol.transport.ended == []
    # The timer has run: the next incomplete request starts a new one.
    protocol.cycle = None
    protocol.data_received(b"GET")
    assert len(protocol.loop.timers) == 2


def test_a_lost_connection_has_no_timer(protocol: Any) -> None:
    protocol.connection_lost(None)
    protocol.connection_made(protocol.transport)
    protocol.connection_lost(None)
    assert protocol.loop.timers[0].cancelled
    protocol.data_received(b"")
    assert len(protocol.loop.timers) == 2


def test_invalid_requests(protocol: Any) -> None:
    protocol.send_400_response("Invalid HTTP request received.")
    head, _, body = protocol.transport.written.decode().partition("\r\n\r\n")
    assert body.encode() == error_body("bad_request", "Invalid HTTP request received.")
    first, *rest = head.split("\r\n")
    assert first == "HTTP/1.1 400 Bad Request"
    assert dict(line.split(": ", 1) for line in rest) == {
        "content-type": "application/json", "content-length": str(len(body)), "connection": "close",
        **HEADERS,
    }  # fmt: skip
    assert protocol.transport.ended == ["closed"]
