"""Time limits of requests: queries stop on timeout, on disconnect and on shutdown."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.record.time_limit import TimeLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Maximum time in seconds until a response starts, and between two chunks of a long one. The slowest query on
# a record of ten million events takes half of it.
SECONDS = 30.0
# The same for background computation.
BACKGROUND_SECONDS = 60.0
# Maximum number of concurrent requests; further ones are refused, not queued.
MOST_AT_WORK = 128
GONE = "the client disconnected"
ENDING = "the server is shutting down"

_current: contextvars.ContextVar[TimeLimit | None] = contextvars.ContextVar("limit", default=None)


def current_limit() -> TimeLimit | None:
    """Return the limit of the current request, or None outside of a request."""
    return _current.get()


@contextmanager
def background_limit(limit: TimeLimit, *, seconds: float = BACKGROUND_SECONDS) -> Iterator[None]:
    """Limit the queries of this block in a background thread."""
    timer = threading.Timer(seconds, limit.stop, [f"longer than {seconds:g} s"])
    timer.daemon = True
    timer.start()
    token = _current.set(limit)
    try:
        yield
    finally:
        timer.cancel()
        _current.reset(token)


class RequestLimits:
    """Time limits of all requests being served."""

    def __init__(self, *, seconds: float = SECONDS, most: int = MOST_AT_WORK) -> None:
        self._at_work: set[TimeLimit] = set()
        self._seconds = seconds
        self._most = most

    @property
    def is_full(self) -> bool:
        """Return True if no more requests can be accepted."""
        return len(self._at_work) >= self._most

    def __len__(self) -> int:
        return len(self._at_work)

    @contextmanager
    def request(self) -> Iterator[RequestTime]:
        """Limit the queries of this block, in its task and in the threads that it uses."""
        limit = TimeLimit()
        time = RequestTime(limit, self._seconds)
        self._at_work.add(limit)
        token = _current.set(limit)
        try:
            yield time
        finally:
            time.end()
            _current.reset(token)
            self._at_work.discard(limit)

    def stop_all(self) -> None:
        """Interrupt the queries of all requests, because the server is shutting down."""
        for limit in list(self._at_work):
            limit.stop(ENDING)


class RequestTime:
    """Timer of one request, on its event loop."""

    def __init__(self, limit: TimeLimit, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(seconds, self._over)

    def restart(self) -> None:
        """Restart the timer after a chunk of the response was sent."""
        self._timer.cancel()
        self._timer = self._loop.call_later(self._seconds, self._over)

    def leave(self) -> None:
        """Interrupt the queries, because the client has disconnected."""
        self._limit.stop(GONE)

    def end(self) -> None:
        """Cancel the timer."""
        self._timer.cancel()

    def _over(self) -> None:
        self._limit.stop(f"longer than {self._seconds:g} s")
