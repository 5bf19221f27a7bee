"""Whether the dead and injured of a sentence are those of a mishap, which is no event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_accident_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def is_mishap(token: Token) -> bool:
    """Return True if a sentence tells of an accident, a disaster or an illness and of no violence.

    A sentence that says neither ("At least eight people are killed") is read with the one before it.
    """
    told = _told(token.sent)
    if told is None and token.sent.start > 0:
        told = _told(token.doc[token.sent.start - 1].sent)
    return told is False


def _told(sentence: Span) -> bool | None:
    """Return True for violence, False for a mishap alone, None for neither."""
    words = load_accident_words()
    lemmas = {form for token in sentence for form in (token.lemma_.lower(), token.lower_)}
    if lemmas & words["violence"]:
        return True
    return False if lemmas & words["mishaps"] else None
