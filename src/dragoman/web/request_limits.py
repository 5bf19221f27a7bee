"""How long a request may ask the record: until its time is up, its reader has gone, or the server ends."""

from __future__ import annotations

import asyncio
import contextvars
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.record.time_limit import TimeLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds between the request and its answer, and between two pieces of a long one. The slowest question to a
# record of ten million events takes half of it.
SECONDS = 30.0
# Requests at work at once; more are refused rather than kept waiting for each other.
MOST_AT_WORK = 128
GONE = "its reader has gone"
ENDING = "the server ends"

_current: contextvars.ContextVar[TimeLimit | None] = contextvars.ContextVar("limit", default=None)


def current_limit() -> TimeLimit | None:
    """Return the limit of the request that this thread works for, or None outside of requests."""
    return _current.get()


class RequestLimits:
    """The limits of all requests that are at work."""

    def __init__(self, *, seconds: float = SECONDS, most: int = MOST_AT_WORK) -> None:
        self._at_work: set[TimeLimit] = set()
        self._seconds = seconds
        self._most = most

    @property
    def is_full(self) -> bool:
        """Return True if no more requests can be taken on."""
        return len(self._at_work) >= self._most

    def __len__(self) -> int:
        return len(self._at_work)

    @contextmanager
    def request(self) -> Iterator[RequestTime]:
        """Limit what is asked in this block, in its task and in the threads it hands work to."""
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
        """Interrupt what all requests ask: the server ends."""
        for limit in list(self._at_work):
            limit.stop(ENDING)


class RequestTime:
    """The clock of one request, of the loop it is served in."""

    def __init__(self, limit: TimeLimit, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(seconds, self._over)

    def restart(self) -> None:
        """Give as much time again: a piece of the answer was sent."""
        self._timer.cancel()
        self._timer = self._loop.call_later(self._seconds, self._over)

    def leave(self) -> None:
        """Interrupt: nobody waits for the answer."""
        self._limit.stop(GONE)

    def end(self) -> None:
        """Stop the clock."""
        self._timer.cancel()

    def _over(self) -> None:
        self._limit.stop(f"longer than {self._seconds:g} s")
