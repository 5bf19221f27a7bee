"""Acts that are only attributed to a party: *killed in an attack **blamed on** Gondor*."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.decision.gate.sides_of_clauses import head_of
from dragoman.coding.syntax.noun_phrases import prepositions
from dragoman.knowledge.wordlists import is_gate_word
from dragoman.language.clauses import is_below

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate

_BLAMED_ON = frozenset({"on", "to", "upon"})


def with_blamed_as_actors(act: EventCandidate, doc: Doc) -> tuple[EventCandidate, Token] | None:
    """Return an act with the party blamed for it as its actor, and the word of blame; None if no party is.

    Args:
        act: An act.
        doc: The report.
    """
    found = _blame_on(act.trigger)
    if found is None:
        return None
    word, culprits = found
    blamed = {r.id: r for r in (*act.actors, *act.recipients) if _names(head_of(r, doc), culprits)}
    if not blamed:
        return None
    known = {ref.id for ref in act.actors}
    return replace(
        act,
        actors=(*act.actors, *[ref for key, ref in blamed.items() if key not in known]),
        recipients=tuple(ref for ref in act.recipients if ref.id not in blamed),
    ), word


def _names(token: Token, culprits: list[Token]) -> bool:
    return any(is_below(token, noun) for noun in culprits)


def _blame_on(trigger: Token) -> tuple[Token, list[Token]] | None:
    """Return the word that blames a party for an act, or for the act in a phrase of a verb, and the party."""
    deeds = [trigger, *[noun for word, noun in prepositions(trigger) if word in ("in", "by", "during")]]
    # "The attack, which killed nine, was blamed on Gondor"; "an attack blamed on Gondor killed nine".
    deeds += [trigger.head] if trigger.dep_ == "relcl" else []
    deeds += [c for c in trigger.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
    for deed in deeds:
        if deed.dep_ == "nsubjpass" and is_gate_word(deed.head.lemma_.lower(), "laying_blame"):
            laying = [deed.head]
        else:
            laying = [
                c for c in deed.children
                if c.dep_ in ("acl", "advcl", "relcl") and is_gate_word(c.lemma_.lower(), "laying_blame")
            ]  # fmt: skip
        for word in laying:
            culprits = [noun for prep, noun in prepositions(word) if prep in _BLAMED_ON]
            if culprits and word.tag_ == "VBN":
                return word, culprits
    return None
