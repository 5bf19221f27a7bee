"""Time limits of requests: who is at work, what ends a query, and what is told of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from dragoman.record.time_limit import TimeLimit
from dragoman.web import request_limits
from dragoman.web.request_limits import ENDING, GONE, RequestLimits, background_limit, current_limit


def run(what: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(what())  # type: ignore[arg-type]


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the reasons for which limits of this test were stopped; servers of other tests may still end."""
    reasons: list[str] = []

    class Noted(TimeLimit):
        def stop(self, why: str) -> None:
            reasons.append(why)

    monkeypatch.setattr(request_limits, "TimeLimit", Noted)
    return reasons


def test_requests_are_counted_while_they_last() -> None:
    async def serve() -> None:
        limits = RequestLimits(most=2)
        assert (len(limits), limits.is_full, current_limit()) == (0, False, None)
        with limits.request():
            first = current_limit()
            assert (len(limits), limits.is_full, first is None) == (1, False, False)
            with limits.request():
                assert (len(limits), limits.is_full) == (2, True)
                assert current_limit() is not first
            assert (len(limits), limits.is_full, current_limit()) == (1, False, first)
        assert (len(limits), current_limit()) == (0, None)

    run(serve)


def test_a_request_that_fails_is_no_longer_at_work() -> None:
    async def serve() -> None:
        limits = RequestLimits()
        with pytest.raises(ZeroDivisionError), limits.request():
            raise ZeroDivisionError
        assert (len(limits), current_limit()) == (0, None)

    run(serve)


def test_when_the_time_is_up_its_queries_end(stopped: list[str]) -> None:
    async def serve() -> None:
        with RequestLimits(seconds=0.01).request():
            await asyncio.sleep(0.2)

    run(serve)
    assert stopped == ["longer than 0.01 s"]


def test_a_piece_sent_begins_the_time_anew_and_the_end_ends_it(stopped: list[str]) -> None:
    async def serve() -> None:
        limits = RequestLimits(seconds=0.5)
        with limits.request() as time:
            await asyncio.sleep(0.35)
            time.restart()
            await asyncio.sleep(0.35)
        await asyncio.sleep(0.6)

    run(serve)
    assert stopped == []


def test_who_leaves_and_who_is_shut_down(stopped: list[str]) -> None:
    async def serve() -> None:
        limits = RequestLimits()
        with limits.request() as time, limits.request():
            time.leave()
            assert stopped == [GONE]
            limits.stop_all()
            assert stopped == [GONE, ENDING, ENDING]

    run(serve)


def test_limits_of_a_server() -> None:
    limits = RequestLimits()
    assert (limits._seconds, limits._most, limits.is_full, len(limits)) == (30.0, 128, False, 0)
    assert not RequestLimits(most=1).is_full
    assert RequestLimits(most=0).is_full


@pytest.mark.parametrize("seconds", [None, 0.02])
def test_limit_of_background_work(seconds: float | None) -> None:
    reasons: list[str] = []
    limit = SimpleNamespace(stop=reasons.append)
    given = {} if seconds is None else {"seconds": seconds}
    with background_limit(limit, **given):  # type: ignore[arg-type]
        assert current_limit() is limit
        time.sleep(0.1)
    assert current_limit() is None
    assert reasons == ([] if seconds is None else ["longer than 0.02 s"])
