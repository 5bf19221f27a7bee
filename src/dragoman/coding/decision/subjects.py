"""Subjects in which political words are not events: mishaps, sport, publications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.decision.sports import sport_words
from dragoman.coding.syntax.arguments import objects
from dragoman.coding.syntax.noun_phrases import prepositions
from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.wordlists import is_gate_word, load_subject_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def is_mishap(token: Token) -> bool:
    """Return True if a sentence is about an accident, a disaster or an illness and not about violence.

    A sentence that says neither ("At least eight people are killed") is read with the previous one.
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


def is_sport(token: Token, event_type: str) -> bool:
    """Return True if the sentence of an act is about sport: two sport words, since one may be a metaphor."""
    found = sport_words(token, event_type, load_subject_words()["sport"])
    return len({word.lemma_.lower() for word in found}) > 1


def _lemmas(sentence: Span) -> set[str]:
    return {form for token in sentence for form in (token.lemma_.lower(), token.lower_)}


def is_publication(token: Token) -> bool:
    """Return True if what is released is a video, a report or similar, not a person or a territory."""
    if token.lemma_.lower() != "release":
        return False
    released = (
        objects(token) if is_verb(token) else [noun for word, noun in prepositions(token) if word == "of"]
    )
    return bool(released) and all(is_gate_word(noun.lemma_.lower(), "published") for noun in released)
