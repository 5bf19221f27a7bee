"""Sport words that only describe a person: *the tennis star*, *a former chess champion*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.arguments import subjects
from dragoman.coding.syntax.verb_phrases import is_passive
from dragoman.knowledge.wordlists import is_gate_word, load_subject_words

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Token

_PERSON_LISTS = ("players", "roles_in_games")
_VERBS_OF_GAMES = ("beating", "done_in_games")
# Acts of force: two sportspeople in the sentence do not make them part of a game.
_DEEDS = frozenset({"ASSAULT", "COERCE"})
# What players do: they withdraw, retire, concede.
_LEAVING = frozenset({"RETREAT", "CONCEDE"})
_LINKS = frozenset({"compound", "amod", "nmod", "nn"})


def sport_words(trigger: Token, event_type: str, words: AbstractSet[str]) -> list[Token]:
    """Return the sport words of a sentence, without those that only describe a person.

    Args:
        trigger: The word whose act may be part of a game.
        event_type: The type of that act.
        words: Lower-case lemmas of sport.
    """
    found = [t for t in trigger.sent if t != trigger and (t.lemma_.lower() in words or t.lower_ in words)]
    if not found or is_gate_word(trigger.lemma_.lower(), *_VERBS_OF_GAMES):
        return found
    people = {t.i: person for t in found if (person := _person_described(t)) is not None}
    if event_type not in _DEEDS and _are_several_sportspeople(trigger):
        return found
    if event_type in _LEAVING and not is_passive(trigger):
        people = {i: person for i, person in people.items() if person not in subjects(trigger)}
    return [t for t in found if t.i not in people]


def _are_several_sportspeople(trigger: Token) -> bool:
    """Return True for *the coach praised the goalkeeper*: what sportspeople say of each other is sport."""
    sport = load_subject_words()["sport"]
    people = {
        _last_noun(t).i
        for t in trigger.sent
        if is_gate_word(t.lemma_.lower(), "players")
        or (t.lemma_.lower() in sport and is_gate_word(t.lemma_.lower(), "roles_in_games"))
    }
    return len(people) > 1


def _last_noun(word: Token) -> Token:
    """Return the last noun of the compound that a word begins."""
    while word.dep_ in _LINKS and word.head.i > word.i and word.head.pos_ in ("NOUN", "PROPN"):
        word = word.head
    return word


def _person_described(word: Token) -> Token | None:
    """Return the head of the noun phrase in which a sport word describes a person."""
    head = _last_noun(word)
    phrase = word.doc[word.i : head.i + 1]
    is_person = any(is_gate_word(t.lemma_.lower(), *_PERSON_LISTS) for t in phrase)
    if not is_person:
        return None
    # The last noun decides: "coach" is a person, "the coach's team" is not.
    return head if head.pos_ == "PROPN" or is_gate_word(head.lemma_.lower(), *_PERSON_LISTS) else None
