"""An attack and whom it killed are one act, as are an announcement and its deal."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.coding.decision.one_act import is_bare_toll, is_one_act
from dragoman.coding.decision.selection import Decision, select

pytestmark = pytest.mark.pipeline

# Text with both words marked; all tell one attack.
ONE_ATTACK = [
    "Mordor [shelled] a market in Gondor, [killing] nine people.",
    "Mordor [shelled] a market in Gondor, reportedly [wounding] nine people.",
    "Forces of Mordor launched a drone [strike] on a bus in Gondor, [killing] nine people.",
    "Forces of Mordor [launched] a drone strike on a bus in Gondor, [killing] nine people.",
    "Forces of Mordor carried out [strikes] on a camp and a bridge in Gondor, [destroying] both.",
    "Mordor [attacked] a camp in Gondor, killing six people and [injuring] nine others.",
    "Nine people were [killed] in an [airstrike] by Mordor on a camp in Gondor.",
    "Nine people were [killed] and a house was damaged in a missile [attack] on Gondor.",
    "At least six villagers were [wounded] during a [raid] by Mordor.",
    "Six soldiers were [killed] when rebels [attacked] their base in Gondor.",
    "A [raid] by Mordor on a camp in Gondor [killed] nine people.",
    "An [airstrike] that [killed] nine people hit a camp in Gondor.",
]
# The same, of two acts.
TWO_ATTACKS = [
    "Mordor [shelled] Gondor a day after [killing] nine people in Rohan.",
    "Mordor [shelled] Gondor while Harad [killed] nine people in Rohan.",
    "Mordor [shelled] Gondor and Harad [killed] nine people in Rohan.",
    "Mordor [shelled] Gondor before [destroying] a bridge in Rohan.",
    "Nine people were [killed] in Gondor before an [airstrike] on Rohan.",
    "Mordor [shelled] Gondor and [bombed] Rohan.",
]


@pytest.mark.parametrize("text", ONE_ATTACK)
def test_an_attack_and_its_toll_are_one_act(made: Any, reading: Any, text: str) -> None:
    first, second = (made.candidate(word, "ASSAULT") for word in reading(text).asked)
    assert is_one_act(first, second)
    assert is_one_act(second, first)


@pytest.mark.parametrize("text", TWO_ATTACKS)
def test_two_attacks_stay_two(made: Any, reading: Any, text: str) -> None:
    first, second = (made.candidate(word, "ASSAULT") for word in reading(text).asked)
    assert not is_one_act(first, second)


def test_only_attacks_have_a_toll(made: Any, reading: Any) -> None:
    shelled, killing = reading(ONE_ATTACK[0]).asked
    assert not is_one_act(made.candidate(shelled, "ASSAULT"), made.candidate(killing, "ACCUSE"))


def test_the_attack_is_kept_though_its_toll_is_likelier(made: Any, reading: Any) -> None:
    shelled, killing = reading(ONE_ATTACK[0]).asked
    assert is_bare_toll(killing)
    assert not is_bare_toll(shelled)
    decisions = [
        Decision(made.proposal(word, "ASSAULT"), made.modality(), chance)
        for word, chance in ((shelled, 0.7), (killing, 0.9))
    ]
    assert [d.dropped for d in select(decisions, threshold=0.6)] == [None, "again: shelled"]
    # An attack that is not likely enough makes nothing a repetition.
    assert [d.dropped for d in select(decisions, threshold=0.8)] == ["unlikely: 0.70 below 0.80", None]


# Text, type of the verb and of the noun, parties of the noun, whether both are one act.
DEALS = [
    ("Arnor [announced] a trade [deal] with Gondor.", "AGREE", "SUPPORT", "ARN GON", True),
    ("Arnor [unveiled] an [agreement] with Gondor to build ships.", "AGREE", "COOPERATE", "ARN GON", True),
    ("Arnor [announced] a [summit] with Gondor.", "AGREE", "CONSULT", "ARN", True),
    ("Arnor [announced] a [deal] of Rohan with Dale.", "AGREE", "SUPPORT", "ROH DAL", False),
    ("Arnor [praised] its [talks] with Gondor.", "SUPPORT", "CONSULT", "ARN GON", False),
    ("Arnor [announced] that the [deal] with Gondor was signed.", "AGREE", "SUPPORT", "ARN GON", False),
    ("Arnor [announced] a boycott and a [deal] with Gondor.", "AGREE", "SUPPORT", "ARN GON", False),
]


@pytest.mark.parametrize(("text", "verb_type", "noun_type", "parties", "is_one"), DEALS)
def test_an_announcement_and_its_deal(
    made: Any, reading: Any, text: str, verb_type: str, noun_type: str, parties: str, is_one: bool
) -> None:
    verb, noun = reading(text).asked
    announced, deal = made.candidate(verb, verb_type), made.candidate(noun, noun_type, parties, "")
    assert is_one_act(announced, deal) is is_one
    assert is_one_act(deal, announced) is is_one
