"""The known names in a document, by token."""

from __future__ import annotations

import bisect
import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc, Token

    FindNames = Callable[[str], Iterable[tuple[int, int]]]


class KnownNames:
    """The words of a document that are part of a name in the actor files; searched on first use.

    Args:
        doc: The document.
        text: Its original text with capitals.
        find: Finds the spans of names in a text; None if no names are known.
    """

    def __init__(self, doc: Doc, text: str, find: FindNames | None) -> None:
        self._doc = doc
        self._text = text
        self._find = find

    def __contains__(self, token: Token) -> bool:
        return self._span_at(token) is not None

    def around(self, token: Token) -> tuple[int, int] | None:
        """Return the indices of the first and last word of the name that contains a word."""
        span = self._span_at(token)
        if span is None:
            return None
        first = last = token.i
        while first > 0 and self._doc[first - 1].idx >= span[0]:
            first -= 1
        while last + 1 < len(self._doc) and self._doc[last + 1].idx < span[1]:
            last += 1
        return first, last

    def _span_at(self, token: Token) -> tuple[int, int] | None:
        at = bisect.bisect_right(self._spans, (token.idx, len(self._text) + 1)) - 1
        return self._spans[at] if at >= 0 and token.idx < self._spans[at][1] else None

    @functools.cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return sorted(self._find(self._text)) if self._find is not None else []
