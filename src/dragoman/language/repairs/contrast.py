"""Nouns that are explicitly excluded: *Arnor but not Gondor*, *Arnor, not Gondor*, *not Gondor but Arnor*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.repairs.tree import attach

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames

_NOUNS = frozenset({"NOUN", "PROPN"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"})
_LONGEST = 6


def is_denied(noun: Token) -> bool:
    """Return True if a noun is named only to be excluded from a list or a phrase."""
    if noun.pos_ not in _NOUNS:
        return False
    return any(c.dep_ == "neg" and c.lower_ == "not" and c.i < noun.i for c in noun.children)


def mend_contrast(word: Token, named: KnownNames) -> bool:
    """Attach *not* to the noun that it excludes, and that noun to the one it is contrasted with."""
    if word.i == 0 or word.i + 1 >= len(word.doc):
        return False
    left_out = _noun_behind(word)
    if left_out is None or left_out.sent != word.sent:
        return False
    before = word.nbor(-1)
    if before.text in (",", "but", "—", "–"):
        return _mend_behind(word, left_out, before)
    return _mend_before(word, left_out)


def _noun_behind(word: Token) -> Token | None:
    """Return the head of the noun phrase that begins directly after *not*."""
    for token in word.doc[word.i + 1 : word.i + 1 + _LONGEST]:
        if token.pos_ not in _BEFORE_NOUN:
            return None
        if (
            token.pos_ in _NOUNS
            and token.head.i != token.i + 1
            and token.dep_ not in ("compound", "poss", "amod")
        ):
            return token
    return None


def _mend_behind(word: Token, left_out: Token, before: Token) -> bool:
    """*Arnor, **not Gondor***: the noun before the comma is the contrasted one."""
    if left_out.dep_ not in ("conj", "appos", "npadvmod", "dep", "attr", "dobj", "pobj", "nmod"):
        return False
    place = before.i - 1
    if before.lower_ == "but" and place > 0 and word.doc[place].text == ",":
        place -= 1
    set_against = _noun_ending_at(word.doc[place]) if place >= 0 else None
    if set_against is None or left_out == set_against:
        return False
    if left_out.head != set_against and not attach(left_out, set_against, "conj"):
        return False
    left_out.dep_ = "conj"
    return attach(word, left_out, "neg")


def _noun_ending_at(token: Token) -> Token | None:
    """Return the head of the noun phrase that ends at a word."""
    if token.pos_ not in _NOUNS:
        return None
    while token.dep_ in ("compound", "appos") and token.head.pos_ in _NOUNS:
        token = token.head
    return token


def _mend_before(word: Token, left_out: Token) -> bool:
    """***Not Gondor** but Arnor*: the noun after *but* is the contrasted one."""
    end = left_out.right_edge.i + 1
    behind = [token for token in word.doc[left_out.i + 1 : max(end, left_out.i + 3)] if token.lower_ == "but"]
    if not behind:
        return False
    counts = next((c for c in left_out.children if c.dep_ == "conj" and c.i > behind[0].i), None)
    if counts is None or counts.pos_ not in _NOUNS:
        return False
    return attach(word, left_out, "neg")
