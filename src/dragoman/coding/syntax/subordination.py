"""Clauses governed by a predicate: its complements, and infinitives of purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.arguments import objects
from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, SUBJECT_LABELS, children_labelled, is_verb
from dragoman.language.remembering import remembered

if TYPE_CHECKING:
    from spacy.tokens import Token

# "accused of doing", "barred from doing": never "with them doing", "after doing".
_GOVERNING_PREPOSITIONS = frozenset({"of", "for", "from", "to", "in", "on", "against", "into", "about", "at"})


@remembered
def complements(head: Token) -> list[Token]:
    """Return the verbs (or nouns) that head the complement clauses of a governor.

    Infinitives, that-clauses, -ing forms after a preposition (*accused of **killing***), and, for
    nouns, the clause of their content (*a pledge **to withdraw***).
    """
    found = []
    for child in head.children:
        if child.dep_ in ("xcomp", "ccomp", "acl") and (is_verb(child) or child.pos_ == "ADJ"):
            if stands_alone(child):
                continue
            if child.dep_ != "acl" or child.tag_ == "VB" or _has_mark(child):
                found.append(child)
        elif child.dep_ in ("prep", "agent") and child.lower_ in _GOVERNING_PREPOSITIONS:
            found += [t for t in child.children if t.dep_ == "pcomp" and is_verb(t)]
    return found


def stands_alone(clause: Token) -> bool:
    """Return True if a clause before a verb is not its content: *Arnor left, Gondor denied it*."""
    head = clause.head
    if clause.dep_ != "ccomp" or clause.i > head.i or not children_labelled(clause, SUBJECT_LABELS):
        return False
    return bool(children_labelled(head, OBJECT_LABELS)) or _has_nothing_behind(head)


def _has_nothing_behind(verb: Token) -> bool:
    """Return True for a verb with an elided complement: *Arnor left, Gondor **did** not*."""
    behind = [child for child in verb.children if child.i > verb.i]
    return verb.lemma_ in ("do", "have", "be") and all(c.dep_ in ("neg", "punct", "advmod") for c in behind)


def purposes(verb: Token) -> list[Token]:
    """Return the infinitives of purpose of a verb or its objects: *sent tents **to help** Rohan*."""
    return [
        child
        for head in (verb, *objects(verb))
        for child in head.children
        if child.dep_ in ("advcl", "xcomp", "acl", "relcl") and any(c.lower_ == "to" for c in child.children)
    ]


def _has_mark(verb: Token) -> bool:
    return any(c.dep_ in ("mark", "aux") and c.lower_ in ("that", "to", "for") for c in verb.children)
