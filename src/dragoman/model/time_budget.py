"""The time budget of one report; stages check it between and inside their steps.

It is counted in seconds of CPU time of the working thread, so that no report fails on a busy machine.
"""

from __future__ import annotations

import contextlib
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import TookTooLongError

if TYPE_CHECKING:
    from collections.abc import Iterator


# Least seconds between two reads of the CPU clock: on some systems a read takes a millisecond.
_BETWEEN_LOOKS = 0.02


@dataclass(slots=True)
class _Deadline:
    """When the time is up, and from when on, by the cheap monotonic clock, the CPU clock has to be read."""

    at: float
    seconds: float
    where: str
    look_from: float = 0.0

    def check(self) -> None:
        now = time.monotonic()
        if now < self.look_from:
            return
        left = self.at - spent()
        if left < 0:
            raise TookTooLongError(where=self.where, seconds=self.seconds)
        # The CPU time of a thread grows no faster than elapsed time.
        self.look_from = now + max(left, _BETWEEN_LOOKS)


_deadline: ContextVar[_Deadline | None] = ContextVar("dragoman_deadline", default=None)


def spent() -> float:
    """Return the CPU time of this thread in seconds."""
    return time.thread_time()


@contextlib.contextmanager
def time_budget(seconds: float | None, *, where: str, used: float = 0.0) -> Iterator[None]:
    """Limit the CPU time of the block; `check_time` raises when it is used up.

    Args:
        seconds: The budget of the report; None for no bound.
        where: The report, for the error message.
        used: Seconds of the budget that were used before.
    """
    bound = None if seconds is None else _Deadline(spent() + seconds - used, seconds, where)
    token = _deadline.set(bound)
    try:
        yield
    finally:
        _deadline.reset(token)


def check_time() -> None:
    """Raise an error if the time budget is used up; without a budget do nothing.

    Raises:
        TookTooLongError: The time budget of the report is used up.
    """
    bound = _deadline.get()
    if bound is not None:
        bound.check()
