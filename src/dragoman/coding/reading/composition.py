"""Governors (promise, refuse, demand): whether one is worth coding by itself, and the parties affected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.parties.sides import PUBLIC_KINDS, sides
from dragoman.coding.syntax import arguments, noun_phrases, subordination, verb_phrases
from dragoman.knowledge.wordlists import is_act_word

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.knowledge.patterns import Governor

_DIRECTED = frozenset({"undertake", "refuse", "threaten"})


def affected_heads(verb: Token) -> list[Token]:
    """Return the heads affected by an act: *refused to receive **the envoy***, *to deal **with Gondor***."""
    directed = [
        noun for word, noun in noun_phrases.prepositions(verb) if word in ("with", "to", "for", "from")
    ]
    return [*arguments.objects(verb), *directed]


def need_of(rule: Governor, inner: EventCandidate | None) -> str:
    """Return what a governor needs: "begin" what the act below it needs, every other one an actor."""
    if rule.class_name == "begin":
        return inner.need if inner is not None else "any"
    return "actor"


def is_worth_coding(act: EventCandidate, rule: Governor) -> bool:
    """Return True if a governor is informative although the act below it was not understood.

    "Arnor promised to build roads" is of no interest without a recipient; a promise to another party is.
    """
    if rule.class_name == "undertake" and any(
        verb_phrases.is_negated(c) for c in subordination.complements(act.trigger)
    ):
        return False
    if rule.class_name == "undertake" and any(r.kind in PUBLIC_KINDS for r in act.actors):
        promised = noun_phrases.counted(arguments.objects(act.trigger))
        if any(is_act_word(noun.lemma_.lower(), "means") for noun in promised):
            return True
    if rule.class_name in _DIRECTED:
        # Two states that vow together undertake it together; two candidates who vow do so separately.
        public = sides(a for a in act.actors if a.country or a.kind in PUBLIC_KINDS)
        return bool(act.recipients) or (act.is_mutual and len(public) > 1)
    if rule.class_name == "deny":
        return bool(arguments.objects(act.trigger) or subordination.complements(act.trigger))
    below = [
        c for c in subordination.complements(act.trigger) if not _is_question(c) and not _is_statement(c)
    ]
    return bool(act.recipients or below or is_reciprocal(act.trigger))


def only_states(token: Token, rule: Governor) -> bool:
    """Return True if a verb of demanding only introduces a statement: *insisted that it was right*."""
    below = subordination.complements(token)
    if token.lemma_ == "insist" and below:
        # "Insisted on being himself": insisting on one's own action is not a demand.
        below = [c for c in below if c.dep_ != "pcomp" or arguments.own_subjects(c)]
        if not below:
            return True
    return (
        rule.class_name == "demand"
        and bool(below)
        and all(_is_statement(c) or _is_question(c) for c in below)
    )


def _is_statement(clause: Token) -> bool:
    """Return True if a clause is a statement of fact, not a demand: *it was*, never *it must be*."""
    modal = any(c.tag_ == "MD" or c.lower_ == "to" for c in clause.children if c.dep_ == "aux")
    if modal or clause.dep_ not in ("ccomp", "acl"):
        return False
    finite = [c for c in (clause, *[c for c in clause.children if c.dep_ in ("aux", "auxpass")])
              if c.tag_ in ("VBD", "VBZ")]  # fmt: skip
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return bool(finite) or (clause.tag_ == "VBP" and not marked)


def _is_question(clause: Token) -> bool:
    """Return True if a clause is a question: *asked **how** the harvest had gone*."""
    return any(c.tag_ in ("WRB", "WP", "WDT") or c.lower_ in ("whether", "if") for c in clause.children)


def has_each_other(token: Token) -> bool:
    """Return True if *each other* or *one another* follows a verb."""
    return any(t.lower_ in ("other", "another") and t.i > token.i for t in token.subtree)


def is_reciprocal(token: Token) -> bool:
    """Return True if the actors of a verb act on each other."""
    return has_each_other(token) and any(t.lower_ in ("each", "one") for t in token.subtree)
