"""Background work without a record: one computation per key, limits, errors and the end of a server."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterator

import pytest

from dragoman.errors import UsageError
from dragoman.web import background_work
from dragoman.web.background_work import BackgroundWork
from dragoman.web.request_limits import current_limit


@pytest.fixture
def go() -> Iterator[threading.Event]:
    made = threading.Event()
    yield made
    made.set()


def test_result_in_time_and_later(go: threading.Event) -> None:
    work = BackgroundWork()
    made: list[int] = []

    def make() -> int:
        assert go.wait(5)
        made.append(1)
        return 7

    assert work.result(("a",), lambda: 5, 5) == 5
    assert work.result(("b",), make, 0.01) is None
    go.set()
    # The same key waits for the same computation.
    assert work.result(("b",), make, 5) == 7
    assert len(made) in (1, 2)
    assert work._running == {} and not work._limits


def test_one_computation_for_a_key(go: threading.Event) -> None:
    work = BackgroundWork()
    made: list[int] = []

    def make() -> int:
        made.append(1)
        assert go.wait(5)
        return len(made)

    assert [work.result(("a",), make, 0.01) for _ in range(3)] == [None, None, None]
    assert made == [1]


def test_full_queue(go: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_work, "_MOST_WAITING", 1)
    work = BackgroundWork()
    assert work.result(("a",), lambda: go.wait(5), 0.01) is None
    here = threading.get_ident()
    # A request does its own work when the queue is full; a known key still waits.
    assert work.result(("b",), threading.get_ident, 5) == here
    assert work.result(("a",), threading.get_ident, 0.01) is None


def test_errors_are_given_to_who_waits() -> None:
    work = BackgroundWork()

    def fail() -> None:
        raise UsageError(message="no")

    with pytest.raises(UsageError):
        work.result(("a",), fail, 5)
    assert work._running == {}
    work.start(fail)


def test_start_does_not_wait(go: threading.Event) -> None:
    work = BackgroundWork()
    begun = threading.Event()

    def make() -> None:
        begun.set()
        go.wait(5)

    work.start(make)
    assert begun.wait(5)
    assert list(work._running) == [(make,)]


def test_context_of_the_request() -> None:
    shown: contextvars.ContextVar[str] = contextvars.ContextVar("shown", default="nothing")
    token = shown.set("this")
    try:
        found = BackgroundWork().result(("a",), lambda: (shown.get(), current_limit() is not None), 5)
    finally:
        shown.reset(token)
    assert found == ("this", True)


def test_closing_stops_what_runs_and_what_follows(go: threading.Event) -> None:
    work = BackgroundWork()
    begun = threading.Event()
    reasons: list[object] = []

    def make() -> None:
        limit = current_limit()
        assert limit is not None
        limit.stop = reasons.append  # type: ignore[method-assign]
        begun.set()
        go.wait(5)

    assert work.result(("a",), make, 0.01) is None
    assert begun.wait(5)
    work.close()
    assert reasons == ["the server is shutting down"]
    assert work._ended
