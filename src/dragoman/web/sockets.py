"""Limits on the number of connections and on the time until a request is complete."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from dragoman.web.responses import HEADERS, error_body

# Browsers send a request in a fraction of a second. Requests incomplete after this time are dropped.
SECONDS_TO_ASK = 10.0
# Each connection uses a file descriptor, and processes are usually limited to 1,024.
MOST_CONNECTIONS = 400


class BoundedProtocol(H11Protocol):
    """uvicorn protocol that also closes connections without a complete request in time."""

    seconds_to_ask = SECONDS_TO_ASK
    most_connections = MOST_CONNECTIONS
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            transport.abort()
            return
        self._wait_for_request()

    def data_received(self, data: bytes) -> None:
        """Receive part of a request; cancel the timer once the request is complete."""
        super().data_received(data)
        if self._is_at_work:
            self._stop_waiting()
        elif self._timer is None:
            # After a first response, uvicorn waits for the rest of an incomplete request without a limit.
            self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timer of a closed connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse invalid HTTP with the headers and the body of all errors."""
        body = error_body("bad_request", msg)
        lines = {
            "content-type": "application/json", "content-length": str(len(body)), "connection": "close",
            **HEADERS,
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}\r\n".encode() + body)
        self.transport.close()

    @property
    def _is_at_work(self) -> bool:
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait_for_request(self) -> None:
        self._timer = self.loop.call_later(self.seconds_to_ask, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if not self._is_at_work:
            self.transport.abort()
