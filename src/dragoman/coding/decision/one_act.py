"""Two words of a sentence that report one act: an attack and its casualties, an announcement and its deal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, SUBJECT_LABELS, is_passive, is_verb
from dragoman.knowledge.wordlists import load_subject_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.candidates.event_candidate import EventCandidate

# The types that the object of an announcement may have.
_ANNOUNCED = frozenset({"AGREE", "SUPPORT", "COOPERATE", "CONSULT"})
# Words that introduce the attack after a passive: *killed **in** an attack*, *killed **when** soldiers
# attacked*.
_BY_WHICH = frozenset({"in", "by", "during", "after", "from", "when", "as"})


def is_one_act(one: EventCandidate, other: EventCandidate) -> bool:
    """Return True if two acts of a sentence are grammatically one."""
    if one.event_type == other.event_type == "ASSAULT":
        return _is_toll_of(one.trigger, other.trigger) or _is_toll_of(other.trigger, one.trigger)
    return _announces(one, other) or _announces(other, one)


def is_bare_toll(verb: Token) -> bool:
    """Return True for a participle that gives the toll of an attack: *shelled Gondor, **killing** nine*."""
    if verb.tag_ != "VBG" or not _is_of_tolls(verb):
        return False
    first = _first_of_list(verb)
    is_free = first.dep_ in ("advcl", "acl", "xcomp", "dep")
    return is_free and not any(
        c.dep_ in ("mark", "prep", *SUBJECT_LABELS) and c.i < verb.i for c in verb.children
    )


def _is_of_tolls(word: Token) -> bool:
    return is_verb(word) and word.lemma_.lower() in load_subject_words()["tolls"]


def _is_toll_of(toll: Token, deed: Token) -> bool:
    """Return True if a verb gives the casualties or the damage of an attack that another word reports."""
    if not _is_of_tolls(toll) or _is_of_tolls(deed):
        return False
    if is_bare_toll(toll):
        return _governs(deed, toll)
    linked = {t.i for t in _list_of(toll)}
    if deed.dep_ in SUBJECT_LABELS or toll.dep_ == "relcl":
        # "The raid killed nine"; "a raid that killed nine".
        return (deed.dep_ in SUBJECT_LABELS and deed.head.i in linked) or toll.head == deed
    return is_passive(toll) and _is_told_behind(deed, linked)


def _is_told_behind(deed: Token, linked: set[int]) -> bool:
    """Return True for *were killed **in an airstrike***, *were killed **when soldiers attacked***."""
    if is_verb(deed):
        opener = next((c for c in deed.children if c.dep_ in ("mark", "advmod")), None)
        is_time = opener is not None and opener.lower_ in _BY_WHICH
        return is_time and deed.dep_ == "advcl" and deed.head.i in linked
    first = _first_of_list(deed)
    return first.dep_ == "pobj" and first.head.lower_ in _BY_WHICH and first.head.head.i in linked


def _governs(deed: Token, participle: Token) -> bool:
    """Return True if a participle depends on the clause that reports an act."""
    above = _first_of_list(participle).head
    while above.pos_ not in ("VERB", "AUX") and above.head != above:
        above = above.head
    verbs = _list_of(above)
    return deed in verbs or any(_is_object_of(deed, verb) for verb in verbs)


def _is_object_of(noun: Token, verb: Token) -> bool:
    """Return True for *launched a **strike***, *carried out **strikes***."""
    first = _first_of_list(noun)
    return first.dep_ in OBJECT_LABELS and first.head == verb


def _announces(verb: EventCandidate, noun: EventCandidate) -> bool:
    """Return True for *announced a **deal** with Gondor*: one act if the parties are the same."""
    if verb.event_type != "AGREE" or noun.event_type not in _ANNOUNCED:
        return False
    said = noun.trigger
    if not is_verb(verb.trigger) or said.dep_ not in OBJECT_LABELS or said.head != verb.trigger:
        return False
    mine, theirs = _parties(noun), _parties(verb)
    return mine <= theirs or theirs <= mine


def _parties(act: EventCandidate) -> set[str]:
    return {ref.country or ref.id for ref in (*act.actors, *act.recipients)}


def _first_of_list(word: Token) -> Token:
    while word.dep_ == "conj" and word.head.pos_ == word.pos_:
        word = word.head
    return word


def _list_of(word: Token) -> list[Token]:
    """Return the words coordinated with a word, including itself."""
    found = [_first_of_list(word)]
    for member in found:
        found += [child for child in member.children if child.dep_ == "conj"]
    return found
