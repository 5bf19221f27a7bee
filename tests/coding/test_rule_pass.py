"""What the fields of an event must be when it is there, and what may never be coded."""

from __future__ import annotations

import pytest

from dragoman.coding.factuality.event_modality import is_absolute

pytestmark = pytest.mark.pipeline


def coded_at(found, trigger):
    return [event for event in found.coded.events if event.trigger.text == trigger]


# Text, trigger; fields of the event at it.
FIELDS = [
    ("Arnor attacked Gondor.", "attacked", {"factuality": "certain", "tense": "past", "conditional": False}),
    (
        "If Mordor invades Gondor, Rohan will attack Mordor.",
        "attack",
        {"conditional": True, "tense": "future"},
    ),
    ("Arnor promised to help Gondor.", "promised", {"tense": "future", "factuality": "certain"}),
    ("Arnor reportedly attacked Gondor.", "attacked", {"factuality": "probable"}),
    ('"Mordor attacked Gondor," Rohan said.', "attacked", {"quoted": True}),
    ("Rohan said Mordor attacked Gondor.", "attacked", {"quoted": False}),
    ("Arnor condemned Mordor's attack on Gondor.", "condemned", {"event_type": "ACCUSE"}),
    ("Arnor accused Gondor of spying.", "accused", {"polarity": "positive", "quad_class": "verbal_conflict"}),
]


@pytest.mark.parametrize(("text", "trigger", "fields"), FIELDS)
def test_fields_of_an_event(reading, text, trigger, fields):
    (event,) = coded_at(reading(text), trigger)
    assert {name: getattr(event, name) for name in fields} == fields


# Text, type, actors, recipients: the opposite or the wrong party, which may never be coded.
NEVER = [
    ("Gondor was attacked by Mordor.", "ASSAULT", "GON", "MOR"),
    ("Rohan opposed sanctions on Gondor.", "REJECT", "ROH", "GON"),
    ("Rohan opposed sanctions on Gondor.", "SANCTION", "ROH", "GON"),
    ("Rohan condemned Mordor's attack on Gondor.", "ACCUSE", "ROH", "GON"),
    ("The Arnorian government threatened Arnor with war.", "THREATEN", "ARN", "ARN"),
    ("Arnor threatened the Arnorian government with sanctions.", "THREATEN", "ARN", "ARN"),
    ("Arnor lifted sanctions on Gondor.", "COERCE", "ARN", "GON"),
    ("Arnor did not attack Gondor.", "ASSAULT", "ARN", "GON"),
    ("Arnor denied attacking Gondor.", "ASSAULT", "ARN", "GON"),
    ("Arnor stopped helping Gondor.", "AID", "ARN", "GON"),
    ("Arnor refused to help Gondor.", "AID", "ARN", "GON"),
    ("Arnor promised not to attack Gondor.", "ASSAULT", "ARN", "GON"),
    ("Arnor warned that Mordor would attack Gondor.", "THREATEN", "ARN", "GON"),
    ("The king of Arnor said Arnor must free the prisoners.", "REQUEST", "ARN", "ARN"),
    ("Mordor did not attack Gondor. Dale condemned the attack.", "ACCUSE", "DAL", "MOR"),
    ("King Eomer of Rohan sent a letter. Aragorn praised him.", "SUPPORT", "P:aragorn", "P:aragorn"),
    ("Denethor of Gondor never answered and attacked Rohan.", "ASSAULT", "ROH", "P:denethor"),
    ("Arnor would have attacked Gondor.", "ASSAULT", "ARN", "GON"),
]


@pytest.mark.parametrize(("text", "event_type", "actor", "recipient"), NEVER)
def test_what_may_never_be_coded(reading, text, event_type, actor, recipient):
    for event in reading(text).coded.events:
        doers = {key for ref in event.actors for key in (ref.id, ref.country)}
        others = {key for ref in event.recipients for key in (ref.id, ref.country)}
        assert not (event.event_type == event_type and actor in doers and recipient in others)


# What is said of own victims is an accusation beside the act that is claimed, an if never.
VICTIMS = [
    ("Gondor said Mordor had attacked a Gondorian town.", True),
    ("Gondor said Mordor would attack a Gondorian town.", False),
    ("Gondor said it would act if Mordor attacked a Gondorian town.", False),
    ("Rohan said Mordor had attacked a Gondorian town.", False),
    ("Gondor said Mordor may attack a Gondorian town.", False),
    ("Mordor said Mordor had attacked a Gondorian town.", False),
]


@pytest.mark.parametrize(("text", "accuses"), VICTIMS)
def test_who_tells_of_own_victims_accuses(reading, text, accuses):
    rules = [event.rule for event in reading(text).coded.events]
    assert ("statement/victim" in rules) is accuses


def test_every_empty_field_has_a_reason(reading):
    (event,) = coded_at(reading("Arnor attacked Gondor."), "attacked")
    assert set(event.reasons) == {"speaker", "event_date", "place", "issue"}
    for event in reading("Arnor and Gondor signed a treaty.").coded.events:
        assert event.recipients or event.reasons["recipients"] == "mutual act"


ABSOLUTE = [
    ("Talks failed with Arnor [accusing] Gondor of lies.", True),
    pytest.param(
        "With Arnor [massing] troops, Gondor may leave.",
        True,
        marks=pytest.mark.xfail(reason="the gerund is parsed as a part of its object"),
    ),
    ("Arnor [massed] troops.", False),
    ("After [massing] troops, Arnor left.", False),
    ("Arnor threatened Gondor with [bombing] its port.", False),
    ("Arnor, [massing] troops, left.", False),
]


@pytest.mark.parametrize(("text", "absolute"), ABSOLUTE)
def test_a_clause_beside_the_rest_with_a_subject_of_its_own(reading, text, absolute):
    assert is_absolute(reading(text).word) is absolute
