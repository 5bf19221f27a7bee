"""Parties named only in relation to another: owners, places of things, topics, names around a gapped verb.

*Gondor's adviser* is not Gondor; in *attacked our embassy in Bree* Bree is not the recipient; *summoned over
Rohan's remarks* does not summon Rohan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.decision.gate.sides_of_clauses import head_of
from dragoman.coding.syntax.noun_phrases import possessors
from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, is_verb
from dragoman.knowledge.wordlists import is_gate_word, is_party_word, is_place_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.model.records import ActorRef

_ABOUT = frozenset({"over", "about", "regarding", "concerning"})
_IN_A_NAME = frozenset({"compound", "nmod", "flat"})
_NEAR = frozenset({"near", "off", "outside", "around", "inside", "within"})


def bystanders(act: EventCandidate, doc: Doc) -> Iterator[tuple[ActorRef, str]]:
    """Yield each party that only describes another of its side, with its function."""
    for side in (act.actors, act.recipients):
        heads = {(ref.start, ref.end): head_of(ref, doc) for ref in side}
        for ref in side:
            others = [heads[r.start, r.end] for r in side if r != ref]
            head = heads[ref.start, ref.end]
            if any(_is_owner_of(head, other) for other in others):
                yield ref, "whose it is"
            elif side is act.recipients and any(_is_where_it_is(head, other) for other in others):
                yield ref, "where it is"
        yield from _in_gap(side, heads, act.trigger)
    yield from _topics(act, doc)


def _is_owner_of(owner: Token, other: Token) -> bool:
    """Return True for the possessor of a person on the same side: *Gondor's adviser, Ann Smith*."""
    owned = owner.head
    lemma = owned.lemma_.lower()
    if owner.dep_ != "poss" or not (
        is_gate_word(lemma, "serving") or is_party_word(lemma, "persons_of_persons")
    ):
        return False
    return other == owned or (other.dep_ == "appos" and other.head == owned)


def _is_where_it_is(place: Token, thing: Token) -> bool:
    """Return True if a place only gives the location of a thing on the same side."""
    if thing.dep_ == "poss":
        # "Our tanker" may be mentioned at "our".
        thing = thing.head
    if thing.pos_ != "NOUN" or not possessors(thing):
        return False
    word = place.head
    # A phrase right after the thing modifies it, however it is parsed.
    is_placed = place.dep_ == "pobj" and (word.lower_ in _NEAR or is_place_word(word.lower_, "at"))
    return is_placed and (word.head == thing or word.i == thing.i + 1)


def _in_gap(
    side: tuple[ActorRef, ...], heads: dict[tuple[int, int], Token], trigger: Token
) -> Iterator[tuple[ActorRef, str]]:
    """Yield both names of *Arnor sanctioned Gondor and **Rohan Mordor***, whose verb is elided."""
    gaps = {
        place
        for ref in side
        if ref.kind == "state" and _is_behind_gap(ref, heads[ref.start, ref.end], trigger)
        for place in (heads[ref.start, ref.end].i - 1, heads[ref.start, ref.end].i)
    }
    yield from ((ref, "verb left out") for ref in side if heads[ref.start, ref.end].i in gaps)


def _is_behind_gap(ref: ActorRef, name: Token, trigger: Token) -> bool:
    """Return True for a state's name, conjoined to an object, right after another name not part of it."""
    joined = name.dep_ == "conj" and name.head.dep_ in OBJECT_LABELS and name.head.head == trigger
    if not joined or ref.start != name.idx:
        return False
    before = name.nbor(-1)
    is_name = before.dep_ in _IN_A_NAME and before.head == name and before.tag_ in ("NNP", "NNPS")
    return is_name and not is_gate_word(before.lower_, "kinds_of_state")


def _topics(act: EventCandidate, doc: Doc) -> Iterator[tuple[ActorRef, str]]:
    """Yield parties that are only a topic: *summoned the Gondorian envoy over **Rohan's** remarks*."""
    trigger = act.trigger
    if not is_verb(trigger) or not is_gate_word(trigger.lemma_.lower(), "calling_in"):
        return
    for ref in act.recipients:
        above = next((t for t in head_of(ref, doc).ancestors if t.lower_ in _ABOUT), None)
        if above is None or above.i < trigger.i:
            continue
        if any(trigger.i < head_of(other, doc).i < above.i for other in act.recipients):
            yield ref, "what it is about"
