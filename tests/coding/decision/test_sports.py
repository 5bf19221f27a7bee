"""Sport words that make a game of an act, and those that only say who somebody is."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.gate.figurative import game_of
from dragoman.coding.decision.subjects import is_sport

pytestmark = pytest.mark.pipeline

# Text with the trigger marked, its type: the sport word describes a person, the act is no game.
DESCRIBED = [
    ("The tennis star said that an official of Gondor sexually [assaulted] her.", "ASSAULT"),
    ("Soldiers of Mordor [killed] the football coach.", "ASSAULT"),
    ("Agents of Mordor [abducted] a rugby trainer from Rohan.", "ASSAULT"),
    ("Mordor [jailed] the American basketball player for nine years.", "COERCE"),
    ("Mordor [deported] a Swedish cricketer.", "COERCE"),
    ("Mordor [detained] an Olympic skier from Norway.", "COERCE"),
    ("Mordor [arrested] a boxer and a wrestler who had criticised it.", "COERCE"),
    ("Rohan [sanctioned] a badminton champion from Mordor.", "SANCTION"),
    ("The former chess champion Boris Malkin [accused] Russia of crimes.", "ACCUSE"),
    ("Boxer Vitali Kosenko, now a mayor, [condemned] Russia.", "ACCUSE"),
    ("The hockey legend Pavel Hruby [thanked] Ukraine.", "SUPPORT"),
    ("Belarus [released] the Polish volleyball player.", "RETREAT"),
    ("The Polish handball player was [freed] by Belarus.", "RETREAT"),
    ("Iran [threatened] the family of a footballer.", "THREATEN"),
]


@pytest.mark.parametrize(("text", "event_type"), DESCRIBED)
def test_a_person_who_plays_makes_no_game(reading, text: str, event_type: str) -> None:
    assert game_of(reading(text).word, event_type) is None


# Text with the trigger marked, its type, the word that makes a game of it.
GAMES = [
    ("Rohan's bowlers [attacked] Gondor from the first ball.", "ASSAULT", "bowlers"),
    ("Tennis star Mira Holt [crushed] Anna Ducret.", "ASSAULT", "Tennis"),
    ("Gondor [destroyed] the batters of Rohan.", "ASSAULT", "batters"),
    ("The football team of Rohan [punished] Gondor.", "COERCE", "football"),
    ("The cricket board [suspended] the bowler.", "COERCE", "cricket"),
    ("The football federation of Rohan [accused] Gondor.", "ACCUSE", "football"),
    # What sportspeople say of each other.
    ("The coach of Rohan [praised] the goalkeeper of Gondor.", "SUPPORT", "goalkeeper"),
    ("The boxer [accused] the referee of bias.", "ACCUSE", "boxer"),
    # What players do themselves.
    ("Skier Lena Frei [withdrew] from the race in Austria.", "RETREAT", "Skier"),
    ("The football coach [resigned].", "RETREAT", "football"),
    # A game beside a person who plays.
    ("The tennis star [accused] the badminton club.", "ACCUSE", "badminton"),
]


@pytest.mark.parametrize(("text", "event_type", "word"), GAMES)
def test_a_game_is_one(reading, text: str, event_type: str, word: str) -> None:
    assert game_of(reading(text).word, event_type) == word


# Text with the trigger marked, its type, whether its sentence is about sport.
SENTENCES = [
    ("Police [arrested] the football coach.", "COERCE", False),
    ("Police [arrested] the football coach in a stadium after the match.", "COERCE", True),
    ("Mordor [jailed] an Olympic runner.", "COERCE", False),
    ("The league [banned] the football coach.", "COERCE", True),
    ("The football coach [resigned].", "RETREAT", True),
    ("The coach [praised] the striker.", "SUPPORT", True),
]


@pytest.mark.parametrize(("text", "event_type", "told"), SENTENCES)
def test_sentences_about_sport(reading, text: str, event_type: str, told: bool) -> None:
    assert is_sport(reading(text).word, event_type) is told
