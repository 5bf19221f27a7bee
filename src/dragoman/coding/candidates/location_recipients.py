"""Recipients inferred from the location of an act: the states reached by aid, force and visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.parties.sides import PUBLIC_KINDS
from dragoman.coding.syntax import arguments, noun_phrases, subordination
from dragoman.coding.syntax.slots import inside

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.model.records import ActorRef

_AIMING = ("at", "on", "against", "into")
_PLACING = ("in", "inside", "across", "throughout")
_ARMED = frozenset({"UAF", "REB", "INS"})
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "SPY", "COP", "JUD", "REB", "UAF", "IGO"})


def visited(token: Token, actors: tuple[ActorRef, ...], parties: Parties) -> tuple[ActorRef, ...]:
    """Return the foreign state of a visited town; a singer's tour does not visit a state."""
    own = {ref.country for ref in actors}
    if not any(ref.kind in PUBLIC_KINDS or ref.sector in _OFFICIAL for ref in actors):
        return ()
    nouns = [
        *arguments.objects(token),
        *[n for word, n in noun_phrases.prepositions(token) if word in ("to", "in")],
    ]
    there = (ref for noun in nouns for ref in parties.town(noun))
    return tuple(ref for ref in there if ref.country not in own)[:1]


def states_at(
    token: Token, actors: tuple[ActorRef, ...], parties: Parties, *, helping: bool
) -> tuple[ActorRef, ...]:
    """Return the foreign states whose town is acted on, that are the place, or that an act is to help."""
    own = {ref.country for ref in actors}
    nouns = arguments.objects(token)
    pairs = [pair for head in (token, *nouns) for pair in noun_phrases.prepositions(head)]
    nouns = [*nouns, *[noun for preposition, noun in pairs if preposition in _PLACING]]
    if helping:
        nouns += _meant_for(token)
    # "Launched drones at Odesa": a town as a target.
    aimed_at = [ref for word, noun in pairs if word in _AIMING and not helping for ref in parties.town(noun)]
    found = {ref.id: ref for ref in aimed_at if ref.country not in own}
    for noun in nouns:
        near = parties.resolve(noun, include_possessors=False) or parties.town(noun)
        for ref in near or (parties.resolve(noun) if noun.pos_ == "PROPN" else ()):
            if ref.kind in ("state", "territory") and ref.country not in own:
                found.setdefault(ref.id, ref)
    return tuple(found.values())


def _meant_for(token: Token) -> list[Token]:
    """Return the nouns of a purpose: *donated tents to assist Rohan*."""
    heads = [
        head
        for clause in subordination.purposes(token)
        for head in (*arguments.objects(clause), *[noun for _, noun in noun_phrases.prepositions(clause)])
    ]
    return [noun for head in heads for noun in (head, *inside(head))]


def acts_abroad(ref: ActorRef) -> bool:
    """Return True if a party's acts reach a state: a government, an army or gunmen, not a single person."""
    if ref.kind in PUBLIC_KINDS:
        return True
    return ref.sector in _ARMED or (ref.country is not None and ref.sector in ("GOV", "MIL", "SPY", "COP"))
