"""How long the work on one report may take; stages ask between and inside their steps.

Seconds of processor time of the thread that works, so that a busy machine fails no report.
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


# Seconds between two looks at the processor's clock at the least: on some systems a look takes a millisecond.
_BETWEEN_LOOKS = 0.02


@dataclass(slots=True)
class _Deadline:
    """When the time is up, and from when on, by the cheap clock on the wall, that is worth a look."""

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
        # A thread takes no more time of the processor than passes on the wall.
        self.look_from = now + max(left, _BETWEEN_LOOKS)


_deadline: ContextVar[_Deadline | None] = ContextVar("dragoman_deadline", default=None)


def spent() -> float:
    """Return the processor time that this thread has taken, in seconds."""
    return time.thread_time()


@contextlib.contextmanager
def time_budget(seconds: float | None, *, where: str, used: float = 0.0) -> Iterator[None]:
    """Bound the time of what is done inside; `check_time` raises when it is up.

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
    """Go on if there is time left, or no bound.

    Raises:
        TookTooLongError: The time budget of the report is used up.
    """
    bound = _deadline.get()
    if bound is not None:
        bound.check()
