"""Attachment of the places of a sentence to its events by the parse; never one of another clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import is_place_word
from dragoman.language.clauses import clause_root, first_joined, governing_clause, is_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.places.positions import Position
    from dragoman.model.records import Place

# Clauses attached to a verb that give the manner or purpose of the same event.
_SAME_HAPPENING = frozenset({"xcomp", "advcl", "pcomp", "acl", "conj"})
_BREADTHS = ("exact", "town", "region", "country", "none")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place named in locative position.

    `token` is the index of its head in the parse, `preposition` that of the locative preposition; `position`
    is the relation: at it, from it, to it, as the object of a visit, or as a dateline.
    """

    place: Place
    position: Position
    token: int
    preposition: int | None
    is_country: bool = False


def bind(trigger: Token, doc: Doc, found: Sequence[FoundPlace]) -> FoundPlace | None:
    """Return the place most closely attached to a trigger."""
    sentence = trigger.sent
    here = [place for place in found if sentence.start <= place.token < sentence.end]
    if not here:
        return None
    root = clause_root(trigger)
    scored = [(rank, place) for place in here if (rank := _rank(trigger, root, doc, place)) is not None]
    if scored:
        return min(scored, key=lambda pair: (pair[0], _breadth(pair[1]), abs(pair[1].token - trigger.i)))[1]
    return _from_governor(root, doc, here)


def _breadth(place: FoundPlace) -> int:
    """Rank a town before a province before a state: "in Homs in Syria" is Homs."""
    return len(_BREADTHS) if place.is_country else _BREADTHS.index(place.place.precision)


def _anchor(doc: Doc, place: FoundPlace) -> Token:
    """Return the word that the place modifies."""
    token = doc[place.preposition] if place.preposition is not None else doc[place.token]
    return token.head


def _rank(trigger: Token, root: Token, doc: Doc, place: FoundPlace) -> int | None:
    if place.position == "visited":
        verb = _scene_verb(doc[place.token])
        return 0 if verb == trigger or clause_root(verb) == root else None
    anchor = _anchor(doc, place)
    while anchor.dep_ in ("prep", "pobj") and anchor.head.dep_ == "prep" and anchor.pos_ == "ADP":
        anchor = anchor.head
    if clause_root(anchor) != root:
        return None
    if place.position in ("from", "to"):
        return _rank_of_motion(anchor, trigger, root, place)
    if anchor == trigger:
        return 0
    if is_below(anchor, trigger):
        return None if _is_spoken(trigger) and not _is_at_occasion(anchor, trigger) else 2
    if anchor == root:
        return 1
    return None if _is_spoken(root) or _is_modifier_of_other(anchor, trigger) else 3


def _scene_verb(token: Token) -> Token:
    while token.pos_ in ("NOUN", "PROPN", "ADP") and token.head != token:
        token = token.head
    return token


def _rank_of_motion(anchor: Token, trigger: Token, root: Token, place: FoundPlace) -> int | None:
    if anchor not in (trigger, root):
        return None
    if place.position == "to":
        return 4 if is_place_word(anchor.lemma_, "moves_to") else None
    is_leaving = is_place_word(anchor.lemma_, "moves_from") or is_place_word(trigger.lemma_, "leavings")
    return 4 if is_leaving else None


def _is_spoken(token: Token) -> bool:
    return is_place_word(token.lemma_, "spoken_acts")


def _is_at_occasion(anchor: Token, trigger: Token) -> bool:
    """Return True if a place below a speech act is that of its occasion ("told, at talks in Minsk, ...")."""
    step = anchor
    while step.head != trigger and step.head != step:
        step = step.head
    if step.dep_ != "prep" or step.lower_ not in ("in", "at", "during", "after", "on"):
        return False
    return any(noun.dep_ == "pobj" and is_place_word(noun.lemma_, "occasions") for noun in step.children)


def _is_modifier_of_other(anchor: Token, trigger: Token) -> bool:
    """Return True if the place identifies a noun that is not an argument of the trigger."""
    if trigger.pos_ in ("VERB", "AUX"):
        return False
    head = anchor
    while head.head != head and head.pos_ in ("NOUN", "PROPN", "ADP"):
        if head.head == trigger:
            return False
        head = head.head
    return anchor.pos_ in ("NOUN", "PROPN") and not is_below(trigger, anchor)


def _from_governor(root: Token, doc: Doc, here: list[FoundPlace]) -> FoundPlace | None:
    """Return the place of the governing clause when both clauses describe one event."""
    first = first_joined(root)
    above: Token | None = first if first != root else governing_clause(root)
    if above is None or root.dep_ not in _SAME_HAPPENING or _is_spoken(above):
        return None
    if _has_subject(root) or (root.dep_ == "xcomp" and is_place_word(above.lemma_, "not_done_there")):
        return None
    if root.dep_ == "acl" and root.tag_ == "VB":
        return None
    direct = [p for p in here if p.position == "at" and _anchor(doc, p) == above]
    direct += [p for p in here if p.position == "visited" and _scene_verb(doc[p.token]) == above]
    return direct[0] if direct else None


def is_of_other_clause(place: Token, trigger: Token) -> bool:
    """Return True if a place is in a clause coordinated with that of a trigger, each with a named subject.

    *Arnor recalled its envoy and Gondor closed its consulate **in Bree***.
    """
    own, other = clause_root(trigger), clause_root(place)
    if own == other or own.sent != other.sent or first_joined(own) != first_joined(other):
        return False
    return _has_named_subject(own) and _has_named_subject(other)


def _has_subject(root: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in root.children)


def _has_named_subject(root: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.pos_ == "PROPN" for child in root.children)
