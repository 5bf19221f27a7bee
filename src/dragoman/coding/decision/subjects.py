"""Subjects in which the words of politics are no events: mishaps and sport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_subject_words

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
    words, lemmas = load_subject_words(), _lemmas(sentence)
    if lemmas & words["violence"]:
        return True
    return False if lemmas & words["mishaps"] else None


def is_sport(token: Token) -> bool:
    """Return True if a sentence is about sport: two words of it, for one may be a metaphor."""
    return len(_lemmas(token.sent) & load_subject_words()["sport"]) > 1


def _lemmas(sentence: Span) -> set[str]:
    return {form for token in sentence for form in (token.lemma_.lower(), token.lower_)}
