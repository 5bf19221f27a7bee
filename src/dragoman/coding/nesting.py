"""Limit on how deeply readings of words rest on readings of other words."""

from __future__ import annotations

from types import TracebackType


class NestingLimit:
    """Counts how often a block is entered from within itself.

    Text that repeats a noun or a verb a hundred times is parsed as a chain in which each word is read for the
    sake of the one before it. Without a limit such a chain exceeds Python's stack.

    Args:
        most: Greatest allowed depth.

    Examples:
        >>> limit = NestingLimit(1)
        >>> with limit as outer, limit as inner:
        ...     print(outer, inner)
        True False
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._depth = 0

    def __enter__(self) -> bool:
        """Return True if the block may read further words."""
        self._depth += 1
        return self._depth <= self._most

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
