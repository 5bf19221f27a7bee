"""Phrases that belong to the preceding noun: *killed in an airstrike **on a market***."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.knowledge.wordlists import is_place_word, load_grammar_words
from dragoman.language.repairs.tree import attach

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames


def mend_aimed(preposition: Token, named: KnownNames) -> bool:
    """Attach *on* and *against* to the preceding noun of an act, unless they introduce a date."""
    if preposition.i == 0 or preposition.dep_ != "prep":
        return False
    deed = preposition.nbor(-1)
    if preposition.head == deed or deed.pos_ != "NOUN" or deed.dep_ not in ("pobj", "conj"):
        return False
    if deed.lemma_ not in load_grammar_words()["aimed_nouns"] or not _is_way(deed) or _tells_day(preposition):
        return False
    return attach(preposition, deed, "prep")


def mend_doer(preposition: Token, named: KnownNames) -> bool:
    """Attach *by* to the noun of an act instead of to its target: *a strike on a convoy **by Arnor***."""
    hit = preposition.head
    if preposition.dep_ != "prep" or hit.dep_ != "pobj" or hit.i > preposition.i:
        return False
    deed, words = hit.head.head, load_grammar_words()
    if deed.pos_ != "NOUN" or not (
        hit.head.lower_ in words["aiming"] or is_place_word(hit.head.lower_, "at")
    ):
        return False
    if deed.lemma_ not in words["aimed_nouns"]:
        return False
    return attach(preposition, deed, "prep")


def _is_way(deed: Token) -> bool:
    """Return True for the object of *in*, *by* or *with*; *threats of war* takes the phrase itself."""
    while deed.dep_ == "conj":
        deed = deed.head
    return deed.dep_ == "pobj" and deed.head.lower_ != "of"


def _tells_day(preposition: Token) -> bool:
    calendar = load_calendar_words()
    for noun in preposition.children:
        if noun.dep_ != "pobj":
            continue
        word = noun.lower_
        if word in calendar.months or word in calendar.weekdays or noun.like_num:
            return True
        if noun.lemma_.lower() in load_grammar_words()["times"]:
            return True
    return False
