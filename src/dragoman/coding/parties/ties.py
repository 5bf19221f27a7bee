"""Ties: names that only give what another party is linked to, as in *a bank linked to Gondor's army*.

An act on the bank is not an act on the army.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments
from dragoman.coding.syntax.noun_phrases import first_conjunct
from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, is_verb
from dragoman.knowledge.wordlists import is_party_word

if TYPE_CHECKING:
    from spacy.tokens import Token

# Path from a name to the phrase that contains it: *the head of **Gondor's** army*.
_INSIDE = frozenset({"compound", "poss", "amod", "nmod", "conj", "appos", "nummod", "det"})
# Path from a predicate to the clause that describes a noun: *who is believed to be **close** to*.
_PREDICATES = frozenset({"acomp", "xcomp", "ccomp", "conj", "attr", "oprd", "auxpass"})
_DESCRIBING = frozenset({"acl", "relcl", "amod"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
# The maximum depth in words of a name below the word for the tie.
_REACH = 8


def tied_noun(name: Token) -> Token | None:
    """Return the noun whose ties a name describes; None if the name denotes the party itself.

    Args:
        name: A word of a name or of a noun phrase that denotes a party.
    """
    phrase = name
    for _ in range(_REACH):
        above = phrase.head
        if phrase.dep_ in _INSIDE and above.pos_ in _NOUNS:
            phrase = above
        elif phrase.dep_ == "pobj" and is_party_word(above.lower_, "tie_prepositions"):
            return _described_by(above.head, above)
        elif phrase.dep_ == "pobj" and above.lower_ == "of" and above.head.pos_ in _NOUNS:
            phrase = above.head
        else:
            return None
    return None


def _described_by(word: Token, preposition: Token) -> Token | None:
    """Return the noun that the word for a tie describes, if any."""
    before = preposition.nbor(-1) if preposition.i else preposition
    # *Detained a trader **close to** Gondor*: regardless of the parse, the word right before decides.
    for tie in (word, before):
        lemma = tie.lemma_.lower()
        if is_party_word(tie.lower_, "tied") and tie.dep_ != "ROOT":
            return _described(tie) or _noun_right_before(tie)
        if tie.pos_ in _NOUNS and is_party_word(lemma, "ties"):
            return _holder_of(tie)
    return None


def _described(word: Token) -> Token | None:
    """Return the noun that a participle, an adjective or their clause describes."""
    while word.dep_ in _PREDICATES and word.head != word:
        word = word.head
    return word.head if word.dep_ in _DESCRIBING and word.head.pos_ in _NOUNS else None


def _noun_right_before(word: Token) -> Token | None:
    before = word.nbor(-1) if word.i > word.sent.start else None
    return before if before is not None and before.pos_ in _NOUNS else None


def _holder_of(tie: Token) -> Token | None:
    """Return who has a tie: *a bank with **ties***, *who has **ties***, *fined over its **ties***."""
    tie = first_conjunct(tie)
    above = tie.head
    if tie.dep_ in OBJECT_LABELS and is_party_word(above.lemma_.lower(), "having_ties"):
        return _described(_clause_below_preposition(above))
    if tie.dep_ != "pobj" or not is_party_word(above.lower_, "before_ties"):
        return None
    governor = above.head
    if governor.pos_ in _NOUNS:
        return governor
    if above.lower_ == "with" and not is_verb(above.nbor(-1)):
        return above.nbor(-1)
    if not is_verb(governor):
        return None
    return _described(governor) or next(iter(arguments.objects(governor)), None)


def _clause_below_preposition(verb: Token) -> Token:
    """Return the verb above *of having*: *a trader **accused** of having ties*."""
    below = verb.dep_ == "pcomp" and is_verb(verb.head.head)
    return verb.head.head if below else verb
