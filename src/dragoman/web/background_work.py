"""Background computation: slow counts, and the data that a new server needs first."""

from __future__ import annotations

import contextvars
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from dragoman.errors import DragomanError
from dragoman.record.time_limit import TimeLimit
from dragoman.web.request_limits import ENDING, background_limit

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")
# Each thread runs one query; more threads would only slow each other down. When the queue is full, a request
# does its work itself, within its own time limit.
_MOST, _MOST_WAITING = 4, 32


class BackgroundWork:
    """Runner of functions in background threads, at most one at a time per key."""

    def __init__(self) -> None:
        self._running: dict[tuple[object, ...], Future[object]] = {}
        self._limits: set[TimeLimit] = set()
        self._places = threading.BoundedSemaphore(_MOST)
        self._lock = threading.Lock()
        self._ended = False

    def result(self, key: tuple[object, ...], make: Callable[[], Made], seconds: float) -> Made | None:
        """Return the result of a function, or None if it is not ready in time; it then continues running.

        Args:
            key: Key of the result; concurrent callers with the same key wait for the same computation.
            make: Function that computes the result.
            seconds: Maximum time to wait.

        Raises:
            DragomanError: Any error that the function raises.
        """
        with self._lock:
            future = self._running.get(key)
            is_full = len(self._running) >= _MOST_WAITING
            if future is None and not is_full:
                future = self._running[key] = Future()
                # Run in the context of the request, which determines which readings of events are shown.
                run = contextvars.copy_context().run
                threading.Thread(target=run, args=(self._run, key, make, future), daemon=True).start()
        if future is None:
            return make()
        with suppress(TimeoutError):
            return future.result(timeout=seconds)  # type: ignore[return-value]
        return None

    def start(self, work: Callable[[], object]) -> None:
        """Run a function and discard its result; its errors are reported by later requests."""
        with suppress(DragomanError):
            self.result((work,), work, 0)

    def _run(self, key: tuple[object, ...], make: Callable[[], Made], future: Future[object]) -> None:
        limit = TimeLimit()
        with self._lock:
            self._limits.add(limit)
            if self._ended:
                limit.stop(ENDING)
        try:
            with self._places, background_limit(limit):
                made = make()
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it
            future.set_exception(error)
        else:
            future.set_result(made)
        finally:
            with self._lock:
                self._limits.discard(limit)
                self._running.pop(key, None)

    def close(self) -> None:
        """Interrupt all running queries."""
        with self._lock:
            self._ended = True
            for limit in self._limits:
                limit.stop(ENDING)
