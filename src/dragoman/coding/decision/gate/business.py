"""Business of firms: orders, purchases, takeovers, jobs, which are not acts of the firms' home states."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.coding.decision.gate.sides_of_clauses import head_of
from dragoman.coding.syntax import arguments
from dragoman.coding.syntax.noun_phrases import coordinated, first_conjunct
from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.wordlists import is_gate_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.model.records import ActorRef

# What a firm does on a market; anything else it does (accuse, refuse, cut off) remains an act of its own.
_DEALS = frozenset({"AGREE", "COOPERATE", "SUPPORT", "CONSULT", "AID", "CONCEDE", "MOBILIZE"})
# Path from a name to the head of the noun phrase that it describes: *its **Gondorian** rival*.
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "appos", "det"})
_NAMED_BESIDE = frozenset({"compound", "amod", "nmod", "appos"})


def business_of(act: EventCandidate, doc: Doc) -> str | None:
    """Return the words of the firm whose business an act is; None if it is more than business.

    A deal is business if only firms act and the other side is not a state body; any other act if both sides
    are firms only.
    """
    if any(_is_of_state(ref) for ref in (*act.actors, *act.recipients)):
        return None
    firms = [ref for ref in act.actors if is_firm(ref, doc)]
    heads = [head_of(ref, doc) for ref in firms]
    if not all(ref in firms or _is_namesake_beside(ref, heads, doc) for ref in act.actors):
        return None
    others = [ref for ref in act.recipients if is_firm(ref, doc)]
    among_firms = len(others) == len(act.recipients) > 0
    if firms and (act.event_type in _DEALS or among_firms):
        return firms[0].text
    if act.actors or act.event_type not in _DEALS:
        return None
    if among_firms:
        return others[0].text
    subjects = arguments.subjects(act.trigger) if is_verb(act.trigger) else []
    return next((noun.text for noun in subjects if _is_firm_word(noun)), None)


def _is_of_state(ref: ActorRef) -> bool:
    """Return True for a government, a ministry, an army: the other side of a deal with a state."""
    return ref.kind != "state" and ref.sector in ("GOV", "MIL", "IGO", "LEG", "SPY", "COP", "JUD")


def is_firm(ref: ActorRef, doc: Doc) -> bool:
    """Return True if a party is a firm, or a state whose name describes a firm."""
    if ref.sector == "BUS":
        return True
    if ref.kind in ("person", "armed_group") or ref.sector is not None:
        return False
    head = head_of(ref, doc)
    while head.dep_ in _INSIDE and head.head != head:
        if _is_firm_word(head):
            return True
        head = head.head
    return _is_firm_word(head)


def _is_namesake_beside(ref: ActorRef, firms: list[Token], doc: Doc) -> bool:
    """Return True for a firm with a town's name, conjoined to one: *Bombadil and **Bree** build phones*."""
    head = head_of(ref, doc)
    is_town = ref.kind == "state" and head.pos_ == "PROPN" and not ref.name.startswith(ref.text[:4])
    return is_town and any(firm in coordinated(first_conjunct(head)) for firm in firms)


def _is_firm_word(noun: Token) -> bool:
    """Return True for *a firm*, *carmaker Bombadil*, *Bombadil Airways*."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if is_gate_word(noun.lemma_.lower(), "firms") or is_gate_word(noun.lower_.strip("."), "firm_names"):
        return True
    beside = itertools.chain(noun.lefts, (c for c in noun.rights if c.dep_ == "appos"))
    return noun.pos_ == "PROPN" and any(
        child.dep_ in _NAMED_BESIDE and child.pos_ == "NOUN" and is_gate_word(child.lemma_.lower(), "firms")
        for child in beside
    )
