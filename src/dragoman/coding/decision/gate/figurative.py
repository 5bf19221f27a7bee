"""Figurative words of war: fights over subsidies, volleys of letters, matches lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.decision.sports import sport_words
from dragoman.coding.syntax.arguments import objects
from dragoman.coding.syntax.noun_phrases import prepositions
from dragoman.coding.syntax.phrases import find_phrases
from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.calendar_words import is_time_word
from dragoman.knowledge.wordlists import is_gate_word, load_gate_words, load_subject_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OF_GAMES = frozenset(
    {"ASSAULT", "COERCE", "RETREAT", "ACCUSE", "CONCEDE", "SUPPORT", "THREATEN", "SANCTION"}
)
_SCORE_LENGTH = 3


def act_of_words(trigger: Token, event_type: str) -> tuple[Token, str | None] | None:
    """Return the words that show that a violent word is an act of words, and its type then.

    The type is None if it is not an act that is recorded.
    """
    if event_type == "PROTEST":
        return _complaint(trigger)
    if event_type not in ("ASSAULT", "THREATEN", "COERCE"):
        return None
    return (
        _dispute(trigger)
        or _no_weapon(trigger, event_type)
        or _words_attacked(trigger)
        or _plan_ended(trigger)
        or _war_of_words(trigger)
    )


def _dispute(trigger: Token) -> tuple[Token, str | None] | None:
    """Return the issue of *is fighting Gondor **over subsidies***: rights are not fought for with arms."""
    if not (is_verb(trigger) and is_gate_word(trigger.lemma_.lower(), "disputing")) and not (
        is_gate_word(trigger.lemma_.lower(), "wars")
    ):
        return None
    if _others_violent(trigger):
        return None
    places = [trigger, *(trigger.head for _ in [0] if trigger.head != trigger)]
    for word, noun in [pair for place in places for pair in prepositions(place)]:
        is_issue = noun.pos_ == "NOUN" and not is_gate_word(noun.lemma_.lower(), "fought_for", "time_spans")
        if word == "over" and is_issue and not noun.like_num:
            return noun, "REJECT" if is_verb(trigger) and objects(trigger) else None
    return None


def _complaint(trigger: Token) -> tuple[Token, str | None] | None:
    """Return the addressee of *protested **to Gondor***: a complaint to a government, not a demonstration."""
    if not is_verb(trigger) or not is_gate_word(trigger.lemma_.lower(), "complaining"):
        return None
    told = (noun for word, noun in prepositions(trigger) if word in ("to", "with"))
    return next(((noun, "ACCUSE") for noun in told if noun.pos_ == "PROPN" or _is_office(noun)), None)


def _is_office(noun: Token) -> bool:
    """Return True for an office that receives complaints: *protested to the Gondorian **embassy***."""
    return noun.pos_ == "NOUN" and is_gate_word(noun.lemma_.lower(), "complained_to")


def _others_violent(trigger: Token) -> bool:
    """Return True if a sentence contains another violent word."""
    violence = load_subject_words()["violence"]
    return any(t != trigger and (t.lemma_.lower() in violence or t.lower_ in violence) for t in trigger.sent)


def _no_weapon(trigger: Token, event_type: str) -> tuple[Token, str | None] | None:
    """Return the means: *bombarded Gondor **with letters***; *hit it **with tariffs*** is another act."""
    if not is_gate_word(trigger.lemma_.lower(), "attacking"):
        return None
    near = [*prepositions(trigger), *[pair for noun in objects(trigger) for pair in prepositions(noun)]]
    lists = ("not_weapons", "imposed") if event_type == "ASSAULT" else ("not_weapons",)
    for word, noun in near:
        if word in ("with", "by") and any(is_gate_word(noun.lemma_.lower(), name) for name in lists):
            return noun, None
    return None


def _words_attacked(trigger: Token) -> tuple[Token, str | None] | None:
    """Return the verbal target or charge: *attacked Gondor's **report**, attacked it **as** groundless*."""
    if not is_verb(trigger) or not is_gate_word(trigger.lemma_.lower(), "attacking"):
        return None
    for noun in objects(trigger):
        if noun.pos_ == "NOUN" and is_gate_word(noun.lemma_.lower(), "spoken_of"):
            return noun, "ACCUSE"
    for child in trigger.children:
        if child.lower_ == "as" and child.dep_ == "prep" and child.i > trigger.i:
            said = next((c for c in child.children if c.pos_ in ("ADJ",) or c.dep_ == "amod"), None)
            if said is not None:
                return said, "ACCUSE"
    return None


def _plan_ended(trigger: Token) -> tuple[Token, str | None] | None:
    """Return the plan in *shot down a **proposal***."""
    if not is_verb(trigger) or not is_gate_word(trigger.lemma_.lower(), "ending_plans"):
        return None
    for noun in objects(trigger):
        if noun.pos_ == "NOUN" and is_gate_word(noun.lemma_.lower(), "spoken_of"):
            return noun, "REJECT"
    return None


def _war_of_words(trigger: Token) -> tuple[Token, str | None] | None:
    """Return the modifier in *a **trade** war*, *a war of **words***, from the noun or its support verb."""
    nouns = [trigger, *objects(trigger)] if is_verb(trigger) else [trigger]
    if is_verb(trigger):
        nouns += [noun for word, noun in prepositions(trigger) if word in ("in", "into", "with", "at", "on")]
    for noun in nouns:
        if not is_gate_word(noun.lemma_.lower(), "wars") or is_verb(noun):
            continue
        for child in noun.children:
            names = child.i < noun.i and child.dep_ in ("amod", "compound", "nmod")
            if names and is_gate_word(child.lower_, "not_of_arms"):
                return child, None
        for word, of_what in prepositions(noun):
            if word == "of" and is_gate_word(of_what.lemma_.lower(), "of_words"):
                return of_what, None
    return None


def game_of(trigger: Token, event_type: str) -> str | None:
    """Return the words that make the act of a trigger a game: *bowlers*, *in the final*, *4-0*."""
    if event_type not in _OF_GAMES or _others_violent(trigger):
        return None
    words = load_gate_words()
    sport = sport_words(trigger, event_type, words["players"] | words["games"])
    if sport:
        return sport[0].text
    doc = trigger.doc
    for start, end in find_phrases(trigger.sent, words["rounds"]):
        if not _is_of_a_time(doc, end):
            return doc[start:end].text
    return _score_of(trigger)


def _is_of_a_time(doc: Doc, end: int) -> bool:
    """Return True for "in the first half **of 2023**", which is no round of a game."""
    is_followed = end < len(doc) and doc[end].tag_ == "IN"
    return is_followed and any(t.like_num or is_time_word(t.lemma_) for t in doc[end + 1 : end + 3])


def _score_of(trigger: Token) -> str | None:
    """Return the score in *beat Gondor **4-0***."""
    if not is_gate_word(trigger.lemma_.lower(), "beating"):
        return None
    doc = trigger.doc
    for start in range(trigger.i + 1, trigger.sent.end):
        if doc[start].text.replace("–", "-").count("-") == 1 and doc[start].text[0].isdigit():
            sides = doc[start].text.replace("–", "-").split("-")
            if all(side.isdigit() and len(side) < _SCORE_LENGTH for side in sides):
                return doc[start].text
        if start + 2 < trigger.sent.end and doc[start + 1].text in ("-", "–"):
            sides = [doc[start].text, doc[start + 2].text]
            if all(side.isdigit() and len(side) < _SCORE_LENGTH for side in sides):
                return doc[start : start + 3].text
    return None
