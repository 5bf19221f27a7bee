"""Validation of user-supplied values, shared by several layers."""

from __future__ import annotations

from dragoman.errors import UsageError


def check_probability(value: float | None, name: str) -> None:
    """Raise an error unless a value is a probability or None.

    Raises:
        UsageError: The value is not between 0 and 1.
    """
    # Written so that NaN is rejected too.
    if value is not None and not 0.0 <= value <= 1.0:
        raise UsageError(message=f"{name} {value:g}: give a number from 0 to 1")


def check_seconds(value: float | None, name: str) -> float | None:
    """Return a duration in seconds after validation; None means no limit.

    Raises:
        UsageError: The value is not greater than 0.
    """
    if value is not None and not value > 0:
        raise UsageError(message=f"{name} {value:g}: give a number of seconds above 0")
    return value
