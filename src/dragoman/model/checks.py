"""Checks of values that several layers take from users."""

from __future__ import annotations

from dragoman.errors import UsageError


def check_probability(value: float | None, name: str) -> None:
    """Refuse what is no probability; None stands for none given.

    Raises:
        UsageError: The value is not between 0 and 1.
    """
    # Written so that NaN is refused too.
    if value is not None and not 0.0 <= value <= 1.0:
        raise UsageError(message=f"{name} {value:g}: give a number from 0 to 1")


def check_seconds(value: float | None, name: str) -> float | None:
    """Return a length of time; None stands for no bound.

    Raises:
        UsageError: The value is not above 0.
    """
    if value is not None and not value > 0:
        raise UsageError(message=f"{name} {value:g}: give a number of seconds above 0")
    return value
