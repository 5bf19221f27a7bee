"""Offices of a country followed by the holder's name: *President of Gondor Ann Smith*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_grammar_words
from dragoman.language.repairs.tree import NAME_TAGS, attach, lift

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames
# At least a country and two names of a person follow *of*.
_SHORTEST = 3


def part_office(preposition: Token, named: KnownNames) -> bool:
    """Split *President of Gondor Ann Smith*: the country belongs to *of*, the person is the head."""
    office = preposition.head
    if preposition.dep_ != "prep" or office.lemma_.lower() not in load_grammar_words()["offices"]:
        return False
    person = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if person is None or person.tag_ not in NAME_TAGS or person.i - preposition.i < _SHORTEST:
        return False
    country = _last_of_country(preposition, person, named)
    if country is None or not _is_name_alone(country, person):
        return False
    for child in [c for c in person.lefts if c.i < country.i]:
        attach(child, country, child.dep_)
    if not attach(country, preposition, "pobj"):
        return False
    lift(person, office, "nmod")
    return True


def mend_holder(person: Token, named: KnownNames) -> bool:
    """Attach the apposition to the office, not the country: *the president of Gondor, **Ann Smith**,*."""
    country = person.head
    if person.tag_ not in NAME_TAGS or country.dep_ != "pobj" or country.i > person.i:
        return False
    preposition = country.head
    office = preposition.head
    if person.doc[person.left_edge.i - 1].text != ",":
        return False
    if preposition.lower_ != "of" or office.lemma_.lower() not in load_grammar_words()["offices"]:
        return False
    if any(c.dep_ in ("conj", "cc") for c in (*country.children, *person.children)):
        return False
    return country in named and attach(person, office, "appos")


def _last_of_country(preposition: Token, person: Token, named: KnownNames) -> Token | None:
    """Return the last word of the country: the end of a known name, or the word before a known person."""
    start = preposition.i + 1
    if preposition.doc[start].lower_ == "the":
        start += 1
    place, whole = named.around(preposition.doc[start]), named.around(person)
    is_bare = start == preposition.i + 1
    if place is not None and is_bare and place[0] == start and place[1] < person.i and place != whole:
        last = preposition.doc[place[1]]
    elif whole is not None and whole[0] > start and whole[1] == person.i:
        last = preposition.doc[whole[0] - 1]
    else:
        return None
    return last if last.head == person and last.dep_ in ("compound", "nmod", "amod") else None


def _is_name_alone(country: Token, person: Token) -> bool:
    """Return True if only a name of two or more words follows the country."""
    words = person.doc[country.i + 1 : person.i + 1]
    if person.lemma_.lower() in load_grammar_words()["bodies"]:
        return False
    return len(words) >= 2 and all(w.tag_ in (*NAME_TAGS, "HYPH") for w in words)
