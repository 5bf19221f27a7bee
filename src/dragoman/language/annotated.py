"""The annotated document: what the language layer hands to coding."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.language.datelines import Dateline
    from dragoman.model.documents import Document


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of quoted text. `start`/`end` take in the quote marks, `inner_*` leave them out.

    A quote over several paragraphs is one Quote per paragraph, joined by `continues`: the index of
    the quote it goes on from. `closed` is False when the closing mark is missing.
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

    `datelines` are those that were cut out before the text was parsed; theirs are offsets into the text as
    it was given.
    """

    document: Document
    doc: Doc
    quotes: tuple[Quote, ...] = field(default=())
    datelines: tuple[Dateline, ...] = field(default=())

    def is_quoted(self, start: int, end: int) -> bool:
        """Return True if the characters `start` to `end` all lie inside one quote."""
        return any(q.start <= start and end <= q.end for q in self.quotes)

    def text_of(self, start: int, end: int) -> str:
        """Return the words at these characters."""
        return self.document.text[start:end]


def span_of(token: Token) -> tuple[int, int]:
    """Return the character offsets of one token."""
    return token.idx, token.idx + len(token.text)
