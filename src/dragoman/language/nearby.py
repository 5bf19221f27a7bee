"""What was found in a text near a stretch of it, without going through all that was found in the text."""

from __future__ import annotations

import bisect
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Found = TypeVar("Found")

# Longer than any date, amount or name, so that none that reaches into the stretch is left out.
_MARGIN = 500


def nearby(
    found: Sequence[Found], start: int, end: int, *, start_of: Callable[[Found], Any] = attrgetter("start")
) -> Sequence[Found]:
    """Return the part of what was found that may overlap the characters from `start` to `end`.

    A report has some hundred dates and as many events; to try each with each takes time that grows with the
    square of its length.

    Args:
        found: Spans in the order of their starts.
        start: The first character of the stretch.
        end: The character behind its last.
        start_of: Gives the first character of a span.
    """
    first = bisect.bisect_left(found, start - _MARGIN, key=start_of)
    last = bisect.bisect_left(found, end, lo=first, key=start_of)
    return found[first:last]
