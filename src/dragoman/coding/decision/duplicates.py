"""Candidates that repeat the act of another clause of the same sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, is_passive
from dragoman.language.clauses import clause_root

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.candidates.event_candidate import EventCandidate


def is_repetition(act: EventCandidate, other: EventCandidate) -> bool:
    """Return True if a candidate repeats the act of another clause of the sentence."""
    if act.event_type != other.event_type and not _carries(other.trigger, act.trigger):
        return False
    if act.event_type == other.event_type and _tells_how(act.trigger, other.trigger):
        return True
    mine, theirs = {r.id for r in act.actors}, {r.id for r in other.actors}
    to_mine, to_theirs = {r.id for r in act.recipients}, {r.id for r in other.recipients}
    linked = other.trigger.is_ancestor(act.trigger) or act.trigger.is_ancestor(other.trigger)
    if mine | to_mine == theirs | to_theirs:
        return linked or clause_root(act.trigger) == clause_root(other.trigger)
    return linked and mine <= theirs | to_theirs and to_mine <= to_theirs | theirs


def _tells_how(noun: Token, verb: Token) -> bool:
    """Return True if a noun names the means of a verb's act: *killed in an **airstrike***."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    preposition = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "pobj" or preposition.lower_ not in ("in", "by", "during"):
        return False
    return is_passive(verb) and preposition.head == verb


def _carries(verb: Token, noun: Token) -> bool:
    """Return True if a verb and its object express one act: *signed an agreement*."""
    return noun.pos_ == "NOUN" and noun.dep_ in OBJECT_LABELS and noun.head == verb
