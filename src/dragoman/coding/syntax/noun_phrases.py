"""Parts of a noun phrase: coordination, possessors, modifiers, prepositional phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.wordlists import is_function_word, is_place_word
from dragoman.language.remembering import remembered
from dragoman.language.repairs.contrast import is_denied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token


@remembered
def coordinated(head: Token) -> list[Token]:
    """Return a noun and its conjuncts by *and*, *or*, commas; not those conjoined as excluded."""
    found, stack = [], [head]
    while stack:
        token = stack.pop(0)
        if not is_denied(token):
            found.append(token)
        stack.extend(child for child in token.children if child.dep_ == "conj" and not is_verb(child))
    return [*_named_before(head), *found]


def first_conjunct(noun: Token) -> Token:
    """Return the first of the nouns that a noun is conjoined with, or the noun itself."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun


def _named_before(head: Token) -> list[Token]:
    """Return a name that the parse attaches below its conjunct: *Minister **Bain** and leader Bofur met*."""
    if head.pos_ != "PROPN":
        return []
    below = [*head.lefts, *[t for child in head.lefts if child.dep_ == "compound" for t in child.lefts]]
    return [
        name
        for name in below
        if name.dep_ == "nmod" and name.pos_ == "PROPN" and any(c.dep_ == "cc" for c in name.children)
    ]


@remembered
def prepositions(head: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) for each phrase attached to a word, including chains such as *out of*."""
    for child in head.children:
        if is_function_word(child.lower_, "setting"):
            continue
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in (
            "ADP",
            "SCONJ",
            "VERB",
            "ADV",
            "PART",
        ):
            yield from _phrase_nouns(child)


def _phrase_nouns(preposition: Token) -> Iterator[tuple[str, Token]]:
    word = preposition.lower_
    for child in (*preposition.children, *_shared_object(preposition)):
        if child.dep_ == "pobj":
            for noun in (*coordinated(child), *(_places_around(child) if is_place_word(word, "at") else ())):
                yield word, noun
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
            yield from _phrase_nouns(child)


def _places_around(place: Token) -> list[Token]:
    """Return the container that follows a place: *in Annuminas, **Arnor***."""
    found: list[Token] = []
    inner: Token | None = place
    while inner is not None:
        inner = next((c for c in inner.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        found += [inner] if inner is not None else []
    return found


def _shared_object(preposition: Token) -> list[Token]:
    """Return the object attached only to the second preposition: *ties **with** and aid for Gondor*."""
    if any(c.dep_ in ("pobj", "pcomp", "prep") for c in preposition.children):
        return []
    behind = preposition.doc[preposition.i + 1 : preposition.i + 6]
    if len(behind) < 3 or behind[0].lower_ not in ("and", "or"):
        return []
    second = next((t for t in behind if t.dep_ == "prep"), None)
    return [c for c in second.children if c.dep_ == "pobj"] if second is not None else []


def counted(nouns: list[Token]) -> list[Token]:
    """Return nouns together with the nouns that they quantify: *some **of its restrictions***."""
    return [*nouns, *[noun for head in nouns for word, noun in prepositions(head) if word == "of"]]


@remembered
def possessors(noun: Token) -> list[Token]:
    """Return the heads of the possessors: ***Arnor's** demand*."""
    return [t for child in noun.children if child.dep_ == "poss" for t in coordinated(child)]


def is_first_person(word: Token) -> bool:
    """Return True for a first-person pronoun (*we*, *our*, *I*); *US* is the country."""
    return is_function_word(word.lower_, "first_person") and word.text != "US"


@remembered
def modifiers(noun: Token) -> list[Token]:
    """Return adjectives, compounds and *nmod*s before a noun: ***Arnorian** troops*."""
    found = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "npadvmod") and c.i < noun.i]
    return [
        t
        for c in found
        for t in [c, *[g for g in c.subtree if g != c and g.dep_ in ("conj", "compound", "nmod", "amod")]]
    ]
