"""Accusations made by labelling: "what they call an invasion", "what it said was genocide".

A speaker who labels an act so accuses its actor. The act itself is not coded: only the speaker asserts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.syntax import arguments, noun_phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spacy.tokens import Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.model.records import ActorRef

_NAMING = frozenset(
    {"call", "describe", "term", "label", "say", "brand", "consider", "see", "view", "regard", "deem",
     "characterize", "characterise", "denounce", "claim", "allege", "believe"}
)  # fmt: skip
_OBJECTS = frozenset({"oprd", "attr", "dobj", "ccomp", "pobj"})


def named_wrong(
    noun: Token, *, wrongs: Collection[str], parties: Parties, protested: tuple[ActorRef, ...] = ()
) -> EventCandidate | None:
    """Read "what X called Y's aggression" as X's accusation of Y.

    Args:
        noun: The noun that may name a wrong.
        wrongs: Lemmas of nouns that name wrongs.
        parties: The parties of the document.
        protested: The parties that the clause above is directed against; used if the phrase names no actor.
    """
    if noun.pos_ not in ("NOUN", "PROPN") or noun.lemma_.lower() not in wrongs:
        return None
    verb = _naming_verb(noun)
    if verb is None:
        return None
    namers = [
        ref
        for head in arguments.own_subjects(verb)
        for ref in parties.resolve(head, include_possessors=False)
    ]
    accused = _doers(noun, parties) or list(protested)
    ours = {ref.id for ref in namers}
    if not namers or not accused or ours & {ref.id for ref in accused}:
        return None
    return EventCandidate(
        event_type="ACCUSE", mode="allege", rule="naming/what-they-call", trigger=noun,
        actors=tuple(namers), recipients=tuple(accused), strength="likely", class_name="accuse",
    )  # fmt: skip


def blamed_below(verb: Token, *, wrongs: Collection[str], parties: Parties) -> tuple[ActorRef, ...]:
    """Return the recipient of "condemned what it called Gondor's aggression"."""
    for noun in verb.subtree:
        if noun.lemma_.lower() in wrongs and noun != verb and _naming_verb(noun) is not None:
            return tuple(_doers(noun, parties))
    return ()


def _naming_verb(noun: Token) -> Token | None:
    """Return the verb of "what they call ..." that has the noun as its label."""
    if noun.dep_ not in _OBJECTS:
        return None
    above = noun.head
    for verb in (above, above.head, *above.children):
        if verb.lemma_.lower() in _NAMING and verb.pos_ == "VERB" and verb.i < noun.i and _has_what(verb):
            return verb
    return None


def _has_what(verb: Token) -> bool:
    return any(child.lower_ == "what" and child.i < verb.i for child in verb.children)


def _doers(noun: Token, parties: Parties) -> list[ActorRef]:
    return [ref for head in _doer_heads(noun) for ref in parties.resolve(head, include_possessors=False)]


def _doer_heads(noun: Token) -> Iterator[Token]:
    yield from noun_phrases.possessors(noun)
    for token in noun.subtree:
        if token.dep_ == "pobj" and token.head.lower_ == "by":
            yield token
    yield from (child for child in noun.children if child.dep_ in ("amod", "compound"))
