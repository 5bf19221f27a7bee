"""Governors by which an act is not done: *decided against bombing*, *stopped short of*, *vowed never to*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.phrases import find_phrases
from dragoman.coding.syntax.subordination import complements
from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.wordlists import is_gate_word, load_gate_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate

# Maximum distance in words from the governor to the gerund: "avoided publicly condemning".
_REACH = 4
_HOSTILE = frozenset({"THREATEN", "ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
_NEGATIONS = frozenset({"not", "never", "n't", "n’t"})
# A governor above does not negate a clause that makes its own statement, or a phrase next to that clause.
_OWN_CLAUSE = frozenset({"relcl", "advcl", "parataxis", "ccomp"})
_BESIDE = frozenset({"despite", "after", "amid", "following", "since", "during", "because", "over", "given"})


def keeping_phrase(act: EventCandidate) -> Span | None:
    """Return the governor by which an act is not done, or that is itself treated as an act."""
    token = act.trigger
    for start, end in find_phrases(token.sent, load_gate_words()["keeping_from"]):
        if _is_negated(token.doc[start]):
            continue
        governed = _governed_behind(end, token.sent)
        if governed is None:
            continue
        inside = start <= token.i < end
        if inside or token == governed or _hangs_on(token, governed):
            return token.doc[start:end]
    return None


def refused_by(act: EventCandidate) -> Span | None:
    """Return the refusal that an act is the object of; the refusal itself is an act."""
    token = act.trigger
    for start, end in find_phrases(token.sent, load_gate_words()["refusing"]):
        if token.i < end or _is_negated(token.doc[start]) or not is_verb(token.doc[start]):
            continue
        governed = _governed_behind(end, token.sent)
        is_act = governed is not None and governed.tag_ in ("VBG", "VB")
        if is_act and governed is not None and (token == governed or _hangs_on(token, governed)):
            return token.doc[start:end]
    return None


def bound_not_to(act: EventCandidate) -> Token | None:
    """Return the negation in a promise not to do what would be hostile."""
    token = act.trigger
    if act.event_type not in _HOSTILE or not is_gate_word(token.lemma_.lower(), "binding"):
        return None
    for below in complements(token):
        negation = next((c for c in below.children if c.lower_ in _NEGATIONS and c.i < below.i), None)
        if negation is not None:
            return negation
    return None


def _governed_behind(place: int, sentence: Span) -> Token | None:
    """Return the gerund, infinitive or noun right after a governor."""
    noun = None
    for token in sentence.doc[place : min(place + _REACH, sentence.end)]:
        modifies = token.dep_ in ("amod", "compound") and token.i > place
        if token.tag_ in ("VBG", "VB") and not modifies:
            return token
        if token.pos_ in ("NOUN", "PROPN"):
            noun = token
        elif token.pos_ not in ("DET", "ADJ", "ADV", "PRON", "PART") and token.tag_ != "POS":
            break
    return noun


def _hangs_on(token: Token, governed: Token) -> bool:
    """Return True if a word is part of what is governed and makes no statement of its own."""
    node = token
    while node != governed:
        if node.head == node or node.dep_ in _OWN_CLAUSE or node.lower_ in _BESIDE:
            return False
        node = node.head
    return True


def _is_negated(token: Token) -> bool:
    words = [token, *([token.head] if token.dep_ in ("xcomp", "acomp") else [])]
    return any(c.dep_ == "neg" or c.lower_ in _NEGATIONS for word in words for c in word.children)
