"""The side of a mention by the grammar of its own clause, against what a reader takes from elsewhere.

*Arnor condemned Mordor, and Gondor condemned Harad* contains two acts: a party of one clause has no part in
the other, as long as the other has its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.parties.sides import PUBLIC_KINDS
from dragoman.coding.syntax.noun_phrases import coordinated
from dragoman.coding.syntax.subordination import stands_alone
from dragoman.coding.syntax.verb_phrases import (
    OBJECT_LABELS,
    PASSIVE_SUBJECT_LABELS,
    SUBJECT_LABELS,
    children_labelled,
    is_passive,
    is_verb,
)
from dragoman.knowledge.wordlists import is_gate_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.model.records import ActorRef

_SUBJECTS = SUBJECT_LABELS | PASSIVE_SUBJECT_LABELS
# Path from the head of a noun phrase to a name inside it that represents the whole.
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "conj", "appos", "det"})


def without_other_clauses(act: EventCandidate, ruled: EventCandidate | None, doc: Doc) -> EventCandidate:
    """Return an act without parties that only another clause names, if its own clause names that side.

    Args:
        act: The act.
        ruled: The act that a rule found there; its parties are kept.
        doc: The report.
    """
    if not is_verb(act.trigger):
        return act
    sure = {(ref.start, ref.end) for ref in (*ruled.actors, *ruled.recipients)} if ruled else set()
    own = clause_of(act.trigger)
    subjects = children_labelled(act.trigger, _SUBJECTS)
    others = [c for c in act.trigger.children if c.dep_ in OBJECT_LABELS or c.dep_ in ("prep", "dative")]
    if is_passive(act.trigger):
        subjects, others = [c for c in act.trigger.children if c.dep_ == "agent"], subjects
    return replace(
        act,
        actors=_of_clause(act.actors, own, subjects, sure, doc, as_subjects=True),
        recipients=_of_clause(act.recipients, own, others, sure, doc, as_subjects=False),
    )


def _of_clause(
    refs: tuple[ActorRef, ...],
    own: Token,
    places: Sequence[Token],
    sure: set[tuple[int, int]],
    doc: Doc,
    *,
    as_subjects: bool,
) -> tuple[ActorRef, ...]:
    """Remove from one side the subjects of another clause (if `as_subjects` is false, its non-subjects)."""
    heads = {(ref.start, ref.end): head_of(ref, doc) for ref in refs}
    at_home = [
        ref
        for ref in refs
        if (ref.country or ref.kind in PUBLIC_KINDS)
        # "They signed": their antecedents were found elsewhere, perhaps not all of them.
        and heads[ref.start, ref.end].pos_ != "PRON"
        and any(_is_below(heads[ref.start, ref.end], place) for place in places)
        and clause_of(heads[ref.start, ref.end]) == own
    ]
    if not at_home:
        return refs
    return tuple(
        ref
        for ref in refs
        if (ref.start, ref.end) in sure
        or heads[ref.start, ref.end].sent != own.sent
        or _holds(clause_of(heads[ref.start, ref.end]), own)
        or not (_is_subject if as_subjects else _is_no_subject)(heads[ref.start, ref.end])
    )


def head_of(ref: ActorRef, doc: Doc) -> Token:
    """Return the word at which a party is mentioned."""
    span = doc.char_span(ref.start, ref.end, alignment_mode="expand")
    return span.root if span is not None else doc[0]


def _is_below(token: Token, above: Token) -> bool:
    return token == above or above.is_ancestor(token)


def _holds(clause: Token, own: Token) -> bool:
    """Return True if a mention's clause is the act's own, or governs it as content: *Arnor said that*."""
    node = own
    while node != clause:
        if node.head == node or node.dep_ != "ccomp" or stands_alone(node):
            return False
        node = clause_of(node.head)
    return True


def _is_subject(token: Token) -> bool:
    """Return True if a word is a subject of its clause or conjoined to one, not a mere modifier."""
    return any(token in coordinated(subject) for subject in children_labelled(clause_of(token), _SUBJECTS))


def _is_no_subject(token: Token) -> bool:
    """Return True if a word is not part of a subject of its clause."""
    clause = clause_of(token)
    return not any(_is_below(token, subject) for subject in children_labelled(clause, _SUBJECTS))


def _is_inside(token: Token, noun: Token) -> bool:
    """Return True if a name is a noun, or represents its whole phrase: ***Arnorian** soldiers*."""
    while token != noun and token.dep_ in _INSIDE:
        token = token.head
    return token == noun


def clause_of(token: Token) -> Token:
    """Return the verb of the clause with its own subject that contains a word."""
    node = token
    while node.head != node:
        if is_verb(node) and children_labelled(node, _SUBJECTS) and _is_told_apart(node):
            return node
        node = node.head
    return node


def _is_told_apart(verb: Token) -> bool:
    """Return True for a clause separate from another: conjoined, temporal, or a content clause."""
    return verb.dep_ in ("conj", "parataxis", "advcl") or (verb.dep_ == "ccomp") or stands_alone(verb)


def undergone(act: EventCandidate, doc: Doc) -> EventCandidate | None:
    """Return an act with the subject of a passive as its recipient: *Arnor was accused*; None if it is."""
    verb = act.trigger
    if not is_passive(verb) or not is_gate_word(verb.lemma_.lower(), "undergone"):
        return None
    subjects = children_labelled(verb, PASSIVE_SUBJECT_LABELS)
    suffering = [ref for ref in act.actors if any(_is_inside(head_of(ref, doc), noun) for noun in subjects)]
    if not suffering:
        return None
    gone = {ref.id for ref in suffering}
    below = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "with", "over")]
    staying = [r for r in act.recipients if not any(_is_below(head_of(r, doc), prep) for prep in below)]
    known = {ref.id for ref in staying}
    return replace(
        act,
        actors=tuple(ref for ref in act.actors if ref.id not in gone),
        recipients=(*[ref for ref in suffering if ref.id not in known], *staying),
    )
