"""A text with edits, and the mapping from spans of the edited text back to the original.

This is the one mechanism for text that is not parsed as it was given. What is cut out, replaced or put in
is an `Edit`; edits of an edited text are chained, and each span goes back through all of them.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """Characters `start` to `end` (exclusive) are replaced by `text`; an empty `text` cuts them out."""

    start: int
    end: int
    text: str = ""


class TextMap:
    """An edited text, and the characters of the original behind each of its spans.

    Args:
        source: The text that is edited.
        edits: Changes, in any order, that do not overlap. An edit that overlaps an earlier one is ignored.

    Attributes:
        text: The edited text.
    """

    __slots__ = ("_below", "_edits", "_ends", "_starts", "_text_ends", "text")

    def __init__(self, source: str, edits: Iterable[Edit] = (), *, below: TextMap | None = None) -> None:
        self._below = below
        self._edits: list[Edit] = []
        # Where the text of each edit begins and ends in the edited text.
        self._starts: list[int] = []
        self._text_ends: list[int] = []
        # Where each edit ends in the source, with the same index.
        self._ends: list[int] = []
        pieces, at, length = [], 0, 0
        for edit in sorted(edits):
            if edit.start < at or source[edit.start : edit.end] == edit.text:
                continue
            kept = source[at : edit.start]
            pieces += [kept, edit.text]
            self._edits.append(edit)
            self._starts.append(length + len(kept))
            length += len(kept) + len(edit.text)
            self._text_ends.append(length)
            self._ends.append(edit.end)
            at = edit.end
        self.text = "".join([*pieces, source[at:]]) if pieces else source

    @property
    def is_identity(self) -> bool:
        """True if nothing was changed."""
        return not self._edits and (self._below is None or self._below.is_identity)

    def edited(self, edits: Iterable[Edit]) -> TextMap:
        """Return the map after further edits, given as offsets into the edited text."""
        above = TextMap(self.text, edits, below=self)
        return above if above._edits else self

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that corresponds to a span of the edited text.

        A span that contains part of a replacement is extended to all that was replaced, unless both have the
        same length and correspond character by character. Deleted text inside the span is included, deleted
        text at its ends is not.
        """
        first = self._first(start)
        span = first, max(first, self._last(end - 1)) if end > start else first
        return self._below.original_span(*span) if self._below is not None else span

    def _first(self, offset: int) -> int:
        """Return the source offset at which the character at an offset begins."""
        index = bisect.bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        if offset >= self._text_ends[index]:
            return self._ends[index] + offset - self._text_ends[index]
        edit = self._edits[index]
        is_by_character = len(edit.text) == edit.end - edit.start
        return edit.start + (offset - self._starts[index] if is_by_character else 0)

    def _last(self, offset: int) -> int:
        """Return the source offset at which the character at an offset ends."""
        index = bisect.bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset + 1
        if offset >= self._text_ends[index]:
            return self._ends[index] + offset - self._text_ends[index] + 1
        edit = self._edits[index]
        is_by_character = len(edit.text) == edit.end - edit.start
        return edit.start + offset - self._starts[index] + 1 if is_by_character else edit.end
