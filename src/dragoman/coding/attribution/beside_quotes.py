"""Speakers of quotes without an adjacent speech verb, found in the previous or following sentence.

*Faramir was blunt. "Mordor attacked Bree."*; *"Mordor attacked Bree." Those were the words of Faramir.*
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dragoman.coding.syntax import verb_phrases
from dragoman.knowledge.roles import load_roles
from dragoman.knowledge.wordlists import load_saying_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dragoman.language.annotated import AnnotatedDocument, Quote

_POINTING = frozenset({"that", "this", "those", "these", "such"})


def speaker_before(quote: Quote, annotated: AnnotatedDocument) -> Token | None:
    """Return the speaker named right before a quote, in words that introduce it."""
    sentence = _beside(quote, annotated, before=True)
    return _led_up_by(sentence) if sentence is not None else None


def speaker_behind(quote: Quote, annotated: AnnotatedDocument) -> Token | None:
    """Return the speaker of a quote as named by the sentence after it."""
    sentence = _beside(quote, annotated, before=False)
    if sentence is None:
        return None
    if sentence[0].lower_ in _POINTING and sentence.root.lemma_ == "be":
        return _whose(sentence)
    return _led_up_by(sentence) if sentence.root.lemma_ in load_saying_words()["leading_verbs"] else None


def _beside(quote: Quote, annotated: AnnotatedDocument, *, before: bool) -> Span | None:
    """Return the sentence before or after a quote in its paragraph, if it contains no quote itself."""
    span = annotated.doc.char_span(quote.start, quote.end, alignment_mode="expand")
    if span is None:
        return None
    index = span.start - 1 if before else span.end
    if not 0 <= index < len(annotated.doc):
        return None
    sentence: Span = annotated.doc[index].sent
    if sentence.start < span.end and sentence.end > span.start:
        return None
    low, high = (sentence.end_char, quote.start) if before else (quote.end, sentence.start_char)
    if "\n" in annotated.text_of(low, high) or (sentence.text.endswith("\n") and before):
        return None
    return None if annotated.quotes_touching(sentence.start_char, sentence.end_char) else sentence


def _led_up_by(sentence: Span) -> Token | None:
    """Return the subject of *Faramir disagreed*, *Bard was blunt*."""
    words, root = load_saying_words(), sentence.root
    is_mood = root.lemma_ in words["leading_verbs"] and any(c.dep_ == "acomp" for c in root.children)
    if not (is_mood or root.lemma_ in words["leading_up"]):
        return None
    subject = next((c for c in root.children if c.dep_ in verb_phrases.SUBJECT_LABELS), None)
    return subject if subject is not None and _is_somebody(subject) else None


def _is_somebody(noun: Token) -> bool:
    # A rare name that opens a sentence is treated as a noun; one with no article is a name.
    is_name = noun.text[:1].isupper() and noun.left_edge == noun
    return is_name or noun.pos_ in ("PROPN", "PRON") or noun.lemma_.lower() in _people()


@functools.cache
def _people() -> frozenset[str]:
    return frozenset(load_roles().roles)


def _whose(sentence: Span) -> Token | None:
    """Return the speaker: *that is what **Bard** told reporters*, *those were the words of **Bard***."""
    words = load_saying_words()
    for token in sentence:
        if token.lemma_ in words["splitting"] and token.pos_ == "VERB":
            subject = next((c for c in token.children if c.dep_ in verb_phrases.SUBJECT_LABELS), None)
            if subject is not None and _is_somebody(subject):
                return subject
        if token.lemma_.lower() in words["things_said"] and token.pos_ == "NOUN":
            owners = [c for c in token.children if c.dep_ == "poss"]
            phrases = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "from")]
            owners += [noun for phrase in phrases for noun in phrase.children if noun.dep_ == "pobj"]
            if owners and _is_somebody(owners[0]):
                return owners[0]
    return None
