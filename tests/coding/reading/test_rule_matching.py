"""The act that a word sets off, with its parties, composed with the governors above."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

# The trigger in brackets; type, who, to whom.
ACTS = [
    ("Arnor [attacked] Gondor.", "ASSAULT", ["ARN"], ["GON"]),
    ("Gondor was [attacked] by Arnor.", "ASSAULT", ["ARN"], ["GON"]),
    ("Arnor launched an [attack] on Gondor.", "ASSAULT", ["ARN"], ["GON"]),
    ("Arnor [imposed] sanctions on Gondor.", "COERCE", ["ARN"], ["GON"]),
    ("Arnor [lifted] sanctions on Gondor.", "RETREAT", ["ARN"], ["GON"]),
    ("Arnor [promised] to help Gondor.", "AGREE", ["ARN"], ["GON"]),
    ("Arnor [threatened] to attack Gondor.", "THREATEN", ["ARN"], ["GON"]),
    ("Arnor [urged] Gondor to free the prisoners.", "REQUEST", ["ARN"], ["GON"]),
    ("Arnor [refused] to help Gondor.", "REJECT", ["ARN"], ["GON"]),
    ("Arnor [stopped] bombing Gondor.", "RETREAT", ["ARN"], ["GON"]),
    ("Arnor [condemned] Mordor's attack on Gondor.", "ACCUSE", ["ARN"], ["MOR"]),
    ("Arnor and Gondor [signed] a treaty.", None, ["ARN", "GON"], []),
    ("Arnor and Gondor [accused] each other of murder.", "ACCUSE", ["ARN", "GON"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event_type", "actors", "recipients"), ACTS)
def test_the_act_at_a_word(reading, sides_of, text, event_type, actors, recipients):
    found = reading(text)
    act = found.matcher.candidate_at(found.word) or found.matcher.candidate_at(found.word, governed=True)
    assert act is not None
    assert event_type in (None, act.event_type)
    assert sides_of(act.actors) == actors
    assert sides_of(act.recipients) == recipients


# Who supports or opposes what is done to somebody is with or against those who do it, never the one it hurts.
OF_HOSTILE_ACTS = [
    ("Rohan [opposed] sanctions on Gondor.", []),
    ("Rohan [opposed] the sanctions on Gondor.", []),
    ("Rohan [opposed] Arnor's sanctions on Gondor.", ["ARN"]),
    ("Rohan [opposed] Arnorian sanctions against Gondor.", ["ARN"]),
    ("Rohan [supported] Arnor's sanctions on Gondor.", ["ARN"]),
    ("Rohan [supported] sanctions on Gondor.", []),
    ("Rohan [opposed] an attack on Gondor.", []),
    ("Rohan [opposed] Mordor's attack on Gondor.", ["MOR"]),
    ("Rohan [opposed] Gondor.", ["GON"]),
]


@pytest.mark.parametrize(("text", "recipients"), OF_HOSTILE_ACTS)
def test_the_one_hurt_is_not_the_one_opposed(reading, sides_of, text, recipients):
    found = reading(text)
    act = found.matcher.candidate_at(found.word, governed=True)
    assert act is not None
    assert sides_of(act.actors) == ["ROH"]
    assert sides_of(act.recipients) == recipients
    for event in found.coded.events:
        assert sides_of(event.recipients) == recipients or event.trigger.text != found.word.text


NO_ACT = [
    "Arnor [sent] jets to bomb Gondor.",
    "The [road] was long.",
    "It [rained].",
    "Arnor [warned] that Mordor would attack Gondor.",
    "Arnor [insisted] that it was right.",
    "Arnor [promised] to paint the bridge.",
    "The [attack] was feared.",
]


@pytest.mark.parametrize("text", NO_ACT)
def test_where_nothing_is_done(reading, text):
    found = reading(text)
    assert found.matcher.candidate_at(found.word) is None


def test_a_word_below_a_governor_may_lack_its_parties(reading):
    found = reading("Arnor promised an [attack].")
    assert found.matcher.candidate_at(found.word) is None
    assert found.matcher.candidate_at(found.word, governed=True) is not None
