"""Mapping from the slots of a codebook rule to the noun heads that fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments, noun_phrases, subordination, verb_phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

# Nouns that quantify or classify another: "a series of attacks", "dozens of soldiers".
_CLIMB_LIMIT = 3


def carrier(noun: Token, *, light: frozenset[str], transparent: frozenset[str]) -> Token | None:
    """Return the light verb that an event noun is the object of (*launched a series of attacks*)."""
    head = noun
    for _ in range(_CLIMB_LIMIT):
        if head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
            head = head.head
        elif head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lemma_ in transparent:
            head = head.head.head
    verb = head.head
    if head.dep_ in verb_phrases.OBJECT_LABELS or head.dep_ == "nsubjpass":
        return verb if verb.lemma_ in light and verb.pos_ in ("VERB", "AUX") else None
    if head.dep_ == "pobj" and verb.lower_ == "with" and verb.head.pos_ == "VERB":
        # "announced a partnership, with a pledge to trade": the subject of "announced" is the actor of the
        # pledge.
        return verb.head if any(c.dep_ == "acl" and c.tag_ == "VB" for c in head.children) else None
    if head.dep_ == "pobj" and verb.dep_ == "prep" and verb.head.pos_ == "VERB":
        # "engaged in talks", "took part in exercises", "embarked on a visit"
        return verb.head if verb.head.lemma_ in light and verb.lower_ in ("in", "on", "out", "with") else None
    return None


def nouns_in(slot: str, token: Token, kind: str, support: Token | None) -> list[Token]:
    """Return the noun heads that fill a slot of a trigger.

    Args:
        slot: Slot name of the codebook, validated when the codebook is loaded.
        token: The trigger.
        kind: "verb", "noun" or "adjective".
        support: The light verb of an event noun, if any.
    """
    named = _NAMED.get(slot)
    if named is not None:
        return named(token, kind, support)
    if slot.startswith("complement."):
        return _below(slot.removeprefix("complement."), token)
    if slot.startswith("object."):
        wanted = slot.removeprefix("object.")
        return [noun for preposition, noun in arguments.object_phrases(token) if preposition == wanted]
    return _after(slot, token, kind, support)


def _subject(token: Token, kind: str, support: Token | None) -> list[Token]:
    if kind == "verb":
        return arguments.subjects(token)
    if kind == "adjective":
        return arguments.subjects(token.head) if token.dep_ in ("acomp", "attr", "oprd") else []
    return arguments.subjects(support) if support is not None else []


def _possessor(token: Token, kind: str, support: Token | None) -> list[Token]:
    return noun_phrases.possessors(token) or _subject(token, kind, support)


def _object(token: Token, kind: str, support: Token | None) -> list[Token]:
    return arguments.objects(token) if kind == "verb" else []


def _indirect(token: Token, kind: str, support: Token | None) -> list[Token]:
    return arguments.indirect_objects(support or token)


def _modifier(token: Token, kind: str, support: Token | None) -> list[Token]:
    return noun_phrases.modifiers(token)


def _object_possessor(token: Token, kind: str, support: Token | None) -> list[Token]:
    return [t for head in arguments.objects(token) for t in noun_phrases.possessors(head)]


def _object_modifier(token: Token, kind: str, support: Token | None) -> list[Token]:
    return [t for head in arguments.objects(token) for t in noun_phrases.modifiers(head)]


def _object_any(token: Token, kind: str, support: Token | None) -> list[Token]:
    return [t for head in arguments.objects(token) for t in inside(head)]


_NAMED: dict[str, Callable[[Token, str, Token | None], list[Token]]] = {
    "subject": _subject,
    "possessor": _possessor,
    "object": _object,
    "indirect": _indirect,
    "modifier": _modifier,
    "object.possessor": _object_possessor,
    "object.modifier": _object_modifier,
    "object.any": _object_any,
}


# Phrases within phrases that are looked through.
_DEEPEST = 4


def inside(head: Token) -> list[Token]:
    """Return the nouns inside a noun phrase, nearest first, never from a clause within it."""
    # Conjuncts share their modifiers: each noun is looked into once, or malformed lists take forever.
    return _inside(head, set(), 0)


def _inside(head: Token, seen: set[int], depth: int) -> list[Token]:
    if depth > _DEEPEST or head.i in seen:
        return []
    seen.add(head.i)
    near = [*noun_phrases.possessors(head), *noun_phrases.modifiers(head)]
    phrases = [noun for _, noun in noun_phrases.prepositions(head)]
    deeper = [t for noun in (*near, *phrases) for t in _inside(noun, seen, depth + 1)]
    return [*near, *phrases, *deeper]


def _below(part: str, token: Token) -> list[Token]:
    found: list[Token] = []
    for verb in subordination.complements(token) or subordination.purposes(token):
        if part == "subject":
            found += arguments.subjects(verb)
        elif part == "object":
            found += arguments.objects(verb)
        else:
            found += [t for t in verb.subtree if t.pos_ in ("PROPN", "NOUN", "ADJ")]
    return found


def _after(slot: str, token: Token, kind: str, support: Token | None) -> list[Token]:
    found = [noun for preposition, noun in noun_phrases.prepositions(token) if preposition == slot]
    if found:
        return found
    if kind == "verb":
        found = [noun for preposition, noun in arguments.object_phrases(token) if preposition == slot]
    elif support is not None and slot != "of":
        found = [noun for preposition, noun in noun_phrases.prepositions(support) if preposition == slot]
    elif kind == "noun" and token.dep_ == "pobj" and token.head.lower_ == "of" and slot != "of":
        # "a series of attacks on Gondor": the phrase may be attached to "series".
        outer = token.head.head
        found = [noun for preposition, noun in noun_phrases.prepositions(outer) if preposition == slot]
    return found
