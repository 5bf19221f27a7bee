"""Work that goes on while no request waits for it: counts that take long, and what new servers need first."""

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
# Each works on a query of its own; more would only slow each other down. When so many wait, a request has to
# do its work itself, within its own limit.
_MOST, _MOST_WAITING = 4, 32


class BackgroundWork:
    """Runs functions in threads of their own, each key once at a time."""

    def __init__(self) -> None:
        self._running: dict[tuple[object, ...], Future[object]] = {}
        self._limits: set[TimeLimit] = set()
        self._places = threading.BoundedSemaphore(_MOST)
        self._lock = threading.Lock()
        self._ended = False

    def result(self, key: tuple[object, ...], make: Callable[[], Made], seconds: float) -> Made | None:
        """Return what a function makes, or None if it takes longer; then it goes on.

        Args:
            key: What is made; who asks for the same meanwhile waits for the same.
            make: Makes it.
            seconds: How long to wait for it.

        Raises:
            DragomanError: Whatever the function raises.
        """
        with self._lock:
            future = self._running.get(key)
            is_full = len(self._running) >= _MOST_WAITING
            if future is None and not is_full:
                future = self._running[key] = Future()
                # In the context of the request: it says which readings of events are shown.
                run = contextvars.copy_context().run
                threading.Thread(target=run, args=(self._run, key, make, future), daemon=True).start()
        if future is None:
            return make()
        with suppress(TimeoutError):
            return future.result(timeout=seconds)  # type: ignore[return-value]
        return None

    def start(self, work: Callable[[], object]) -> None:
        """Run a function and forget what it makes; its errors are for the requests to tell."""
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
        """Interrupt the queries that are running."""
        with self._lock:
            self._ended = True
            for limit in self._limits:
                limit.stop(ENDING)
