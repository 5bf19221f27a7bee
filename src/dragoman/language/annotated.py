"""The annotated document: the result of the language layer and the input of coding."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.language.datelines import Dateline
    from dragoman.model.documents import Document


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage. `start` and `end` include the quotation marks, `inner_*` exclude them.

    A quote over several paragraphs is one Quote per paragraph, joined by `continues`: the index of
    the quote that it continues. `closed` is False when the closing mark is missing.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its parse and quotes. Token offsets (`token.idx`) are offsets into the text.

    `datelines` were removed before parsing; their offsets refer to the original text. `dateline_places` are
    the places that they name, in the same order.
    """

    document: Document
    doc: Doc
    quotes: tuple[Quote, ...] = field(default=())
    datelines: tuple[Dateline, ...] = field(default=())
    dateline_places: tuple[str, ...] = field(default=())

    def is_quoted(self, start: int, end: int) -> bool:
        """Return True if the characters `start` to `end` all lie inside one quote."""
        last = bisect.bisect_right(self.quotes, start, key=_start_of) - 1
        return last >= 0 and end <= self.quotes[last].end

    def quotes_touching(self, start: int, end: int) -> tuple[Quote, ...]:
        """Return the quotes that share a character with `start` to `end`; quotes do not overlap."""
        first = bisect.bisect_right(self.quotes, start, key=_end_of)
        return self.quotes[first : max(first, bisect.bisect_left(self.quotes, end, key=_start_of))]

    def quoted_in(self, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        """Return the spans of the quotes that share a character with any of several spans."""
        found = {(q.start, q.end) for start, end in spans for q in self.quotes_touching(start, end)}
        return tuple(sorted(found))

    def quote_before(self, at: int) -> Quote | None:
        """Return the last quote that ends at or before a character offset."""
        behind = bisect.bisect_right(self.quotes, at, key=_end_of)
        return self.quotes[behind - 1] if behind else None

    def text_of(self, start: int, end: int) -> str:
        """Return the text between two character offsets."""
        return self.document.text[start:end]


def _start_of(quote: Quote) -> int:
    return quote.start


def _end_of(quote: Quote) -> int:
    return quote.end


def span_of(token: Token) -> tuple[int, int]:
    """Return the character offsets of one token."""
    return token.idx, token.idx + len(token.text)
