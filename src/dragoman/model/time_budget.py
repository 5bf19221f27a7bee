"""The time budget of one report, checked by the stages between and within their steps.

It is measured in CPU seconds of the worker thread, so that no report fails because the machine is busy.
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


# Minimum seconds between two reads of the CPU clock: on some systems a read takes a millisecond.
_BETWEEN_LOOKS = 0.02


@dataclass(slots=True)
class _Deadline:
    """The deadline in CPU time, and the time on the cheap monotonic clock from which that is read."""

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
        # The CPU time of a thread increases no faster than elapsed time.
        self.look_from = now + max(left, _BETWEEN_LOOKS)


_deadline: ContextVar[_Deadline | None] = ContextVar("dragoman_deadline", default=None)


def spent() -> float:
    """Return the CPU time of this thread in seconds."""
    return time.thread_time()


@contextlib.contextmanager
def time_budget(seconds: float | None, *, where: str, used: float = 0.0) -> Iterator[None]:
    """Limit the CPU time of the block; `check_time` raises an error once it is used up.

    Args:
        seconds: The budget of the report; None for no limit.
        where: The report, for the error message.
        used: Seconds of the budget already used.
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
