"""Firm negations: kept with polarity negative by a coder that is asked for them, and by no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.explanation import explain
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def asked() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], reading="rules", negations=True)


@pytest.fixture(scope="module")
def told(asked: Coder) -> Callable[[str], list[tuple[str, str, str, str, str]]]:
    def events(text: str) -> list[tuple[str, str, str, str, str]]:
        return [
            (
                event.polarity, event.event_type, " ".join(ref.id for ref in event.actors),
                " ".join(ref.id for ref in event.recipients), event.trigger.text,
            )
            for event in asked.code(text, published_on="2022-02-09").events
        ]  # fmt: skip

    return events


# Text; each negation that is kept: type, actors, recipients.
KEPT = [
    ("Arnor has not attacked Gondor since May.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor didn't attack Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor has never attacked Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor did not attack Gondor at all.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor has not yet attacked Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor did not send troops to Gondor.", [("MOBILIZE", "ARN", "GON")]),
    ("Arnor does not support Gondor.", [("SUPPORT", "ARN", "GON")]),
    ("Arnor no longer supports Gondor.", [("SUPPORT", "ARN", "GON")]),
    ("Arnor has not condemned Gondor.", [("ACCUSE", "ARN", "GON")]),
    ("Arnor has not accused Gondor of the attack.", [("ACCUSE", "ARN", "GON")]),
    ("Arnor did not threaten to attack Gondor.", [("THREATEN", "ARN", "GON")]),
    ("Arnor and Gondor did not sign a treaty.", [("SUPPORT", "ARN GON", "")]),
    # Passives, and negations before the noun.
    ("Gondor was not attacked by Arnor.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor has not imposed sanctions on Gondor.", [("COERCE", "ARN", "GON")]),
    ("Arnor has imposed no sanctions on Gondor.", [("COERCE", "ARN", "GON")]),
    # What governors leave undone.
    ("Arnor failed to attack Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor refrained from attacking Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor has yet to withdraw its troops from Gondor.", [("RETREAT", "ARN", "GON")]),
    ("Arnor withdrew its forces without attacking Gondor.", [("ASSAULT", "ARN", "GON")]),
    # A denial or refusal that is itself negated.
    ("Arnor never denied attacking Gondor.", [("REJECT", "ARN", "")]),
    # Scope over coordination.
    ("Neither Arnor nor Rohan attacked Gondor.", [("ASSAULT", "ARN ROH", "GON")]),
    (
        "Arnor neither attacked nor threatened Gondor.",
        [("ASSAULT", "ARN", "GON"), ("THREATEN", "ARN", "GON")],
    ),
    ("Arnor did not attack Gondor and sanctioned Rohan.", [("ASSAULT", "ARN", "GON")]),
    ("Arnor attacked Gondor and did not sanction Rohan.", [("COERCE", "ARN", "ROH")]),
    ("Nor has Arnor attacked Gondor.", [("ASSAULT", "ARN", "GON")]),
    # According to somebody who is named.
    ("Elrond said that Arnor had not attacked Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("The Arnorian foreign minister said Arnor had not attacked Gondor.", [("ASSAULT", "ARN", "GON")]),
    ("Rohan said it had not attacked Gondor.", [("ASSAULT", "ROH", "GON")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "negations"), KEPT)
def test_firm_negations_are_kept(told, text, negations):
    found = [each for each in told(text) if each[0] == "negative"]
    assert [each[1:4] for each in found] == negations


# What is no firm negation: hypothetical, asked, to come, likely, only part of it, said by nobody with a name,
# or no negation at all.
NOT_KEPT = [
    "If Arnor does not attack Gondor, Rohan will withdraw its troops.",
    "Unless Arnor attacks Gondor, Rohan will not attack Mordor.",
    "Did Arnor not attack Gondor?",
    "Has Arnor never attacked Gondor?",
    "In the film, Arnor did not attack Gondor.",
    "Suppose that Arnor did not attack Gondor.",
    "Arnor will not attack Gondor.",
    "Arnor would not attack Gondor.",
    "Arnor may not have attacked Gondor.",
    "Arnor probably did not attack Gondor.",
    "Arnor cannot attack Gondor.",
    "Arnor must not attack Gondor.",
    "Arnor should not have attacked Gondor.",
    "Do not attack Gondor, Elrond told Arnor.",
    "Arnor did not want to attack Gondor.",
    "Arnor did not say it had attacked Gondor.",
    "Arnor does not believe that Rohan attacked Gondor.",
    "Arnor promised not to attack Gondor.",
    "Arnor hardly attacked Gondor.",
    "Arnor did not attack Gondor until May.",
    "Arnor has not attacked Gondor because it fears Rohan.",
    "Arnor did not lift all sanctions on Gondor.",
    "Arnor did not fully withdraw its troops from Gondor.",
    "Arnor did not deliberately attack Gondor.",
    "Arnor did not attack Gondor alone.",
    "Arnor did not send as many troops to Gondor as Rohan.",
    "Not all members condemned Gondor.",
    "No state except Arnor condemned Gondor.",
    "Analysts said Arnor had not attacked Gondor.",
    "Arnor not only attacked Gondor but also threatened Rohan.",
    "Arnor did not fail to attack Gondor.",
    "It is not true that Arnor did not attack Gondor.",
    "Arnor has not been idle and attacked Gondor.",
    "Arnor attacked not Gondor but Rohan.",
    "Arnor refused to attack Gondor.",
    "Arnor has not carried out its threat to attack Gondor.",
    "Arnor did not make good on its threat to attack Gondor.",
    "Arnor has not kept its promise to help Gondor.",
]


@pytest.mark.parametrize("text", NOT_KEPT)
def test_others_are_not(told, text):
    assert [each for each in told(text) if each[0] == "negative"] == []


# A denial is an act of saying: it is coded as such, and what it denies is no event.
DENIALS = [
    "Arnor denied attacking Gondor.",
    "Arnor denied that it had attacked Gondor.",
    "Arnor has denied any attack on Gondor.",
]


@pytest.mark.parametrize("text", DENIALS)
def test_denials_keep_their_own_coding(told, coder, text):
    assert {each[:2] for each in told(text)} == {("positive", "REJECT")}
    assert told(text)[0][4] == "denied"
    assert len(coder.code(text).events) == 1


@pytest.mark.parametrize("text", [text for text, _ in KEPT] + NOT_KEPT + DENIALS)
def test_without_the_option_nothing_is_negative_and_all_else_the_same(coder, asked, text):
    plain = coder.code(text, published_on="2022-02-09")
    assert all(event.polarity == "positive" for event in plain.events)
    found = asked.code(text, published_on="2022-02-09")
    assert tuple(event for event in found.events if event.polarity == "positive") == plain.events
    assert found.attributions == plain.attributions


def test_events_stand_in_the_order_of_the_text(told):
    found = told("Arnor did not attack Gondor. Rohan condemned Mordor. Dale never sanctioned Rohan.")
    assert [(each[0], each[4]) for each in found] == [
        ("negative", "attack"), ("positive", "condemned"), ("negative", "sanctioned"),
    ]  # fmt: skip


def test_the_speaker_of_a_negation(asked):
    (event,) = asked.code("Rohan said that Arnor had not attacked Gondor.").events
    assert (event.polarity, event.factuality, [ref.id for ref in event.speaker]) == (
        "negative", "certain", ["ROH"],
    )  # fmt: skip


def test_a_threshold_holds_for_negations_too():
    strict = Coder(
        actors=[data_folder() / "actors_invented"], reading="rules", negations=True, min_confidence=0.95
    )
    assert strict.code("Arnor did not attack Gondor.").events == ()


# Text, a word of it, what `explain` says of the word with the option and without it.
EXPLAINED = [
    ("Arnor never attacked Gondor.", "attacked", None, "negated; firmly so"),
    ("Arnor did not attack Gondor until May.", "attack", "not wholly: until", "not wholly: until"),
    (
        "Analysts said Arnor had not attacked Gondor.",
        "attacked",
        "nobody who is named",
        "nobody who is named",
    ),
    ("Arnor probably did not attack Gondor.", "attack", "only probable", "only probable"),
]


@pytest.mark.parametrize(("text", "word", "with_it", "without"), EXPLAINED)
def test_explain_says_why(asked, coder, text, word, with_it, without):
    for each, said in ((asked, with_it), (coder, without)):
        reasons = [drop.reason for drop in explain(text, each).drops if drop.word == word]
        assert (said is None and reasons == []) or (said is not None and said in reasons[0])


def test_a_learned_coder_keeps_them_too():
    learned = Coder(actors=[data_folder() / "actors_invented"], negations=True)
    (event,) = learned.code("Arnor did not attack Gondor.").events
    assert (event.polarity, event.carried_by) == ("negative", "rule")
