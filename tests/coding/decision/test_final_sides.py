"""Each party of an event on one side, and no office of a state that is not known."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.decision.final_sides import with_final_sides

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def full() -> Coder:
    """The coder with the encoder, as users have it."""
    return Coder()


HAND = {"kind": "armed_group", "country": None, "sector": "REB", "name": "Red Hand", "text": "Red Hand"}


def hand(made, text: str, **fields):
    start = text.index("Red Hand")
    return made.party("HAND", **{**HAND, "start": start, "end": start + 8, **fields})


# Text; trigger; whether the Red Hand, read on both sides, is the actor.
BOTH = [
    ("Red Hand attacked a village.", "attacked", True),
    ("Rangers attacked Red Hand.", "attacked", False),
    ("A village was attacked by Red Hand.", "attacked", True),
    ("Red Hand was attacked.", "attacked", False),
    ("The attack by Red Hand ended.", "attack", True),
    ("An attack on Red Hand ended.", "attack", False),
    ("Protests began on Monday against Red Hand.", "Protests", False),
    ("The Red Hand bombing ended.", "bombing", True),
]


@pytest.mark.parametrize(("text", "trigger", "is_actor"), BOTH)
def test_the_grammar_says_on_which_side(made, word_in, text, trigger, is_actor):
    word, ref = word_in(text, trigger), hand(made, text)
    act = made.candidate(word, "ASSAULT", (ref,), (ref,))
    found = with_final_sides(act, (), word.doc)
    assert (found.actors, found.recipients) == (((ref,), ()) if is_actor else ((), (ref,)))


# The reader's scores of both sides, and what is left of each where the grammar says nothing.
SCORED = [(0.9, 0.2, 1, 0), (0.2, 0.9, 0, 1), (0.6, 0.5, 1, 1)]


@pytest.mark.parametrize(("actor", "recipient", "actors", "recipients"), SCORED)
def test_else_the_scores_say_it_if_they_differ(made, word_in, actor, recipient, actors, recipients):
    text = "Fighting raged near the town where Red Hand is at home."
    word, ref = word_in(text, "raged"), hand(made, text)
    roles = (made.role("HAND", token=9, actor=actor, recipient=recipient),)
    found = with_final_sides(made.candidate(word, "ASSAULT", (ref,), (ref,)), roles, word.doc)
    assert (len(found.actors), len(found.recipients)) == (actors, recipients)


def test_an_empty_side_goes_to_the_subject(made, word_in):
    text = "Rangers attacked Red Hand."
    word, ref = word_in(text, "attacked"), hand(made, text)
    roles = (made.role("ROH", token=0),)
    found = with_final_sides(made.candidate(word, "ASSAULT", (ref,), (ref,)), roles, word.doc)
    assert ([r.id for r in found.actors], [r.id for r in found.recipients]) == (["ROH"], ["HAND"])


@pytest.mark.parametrize(("event_type", "kept"), [("PROTEST", 1), ("COERCE", 1), ("REQUEST", 0)])
def test_a_state_may_act_on_its_own_people(made, word_in, event_type, kept):
    word = word_in("Arnor acted.", "acted")
    found = with_final_sides(made.candidate(word, event_type, "ARN", "ARN"), (), word.doc)
    assert (len(found.actors), len(found.recipients)) == (1, kept)


# Text; countries of recipients of its one event.
CODED = [
    ("Iran's president accused Tehran's rivals of sowing discord.", []),
    ("The Philippine government urged Manila to act.", []),
    ("France's interior minister warned Paris of new attacks.", []),
    ("Ethiopia accused Addis Ababa's enemies of plotting.", []),
    ("Turkey accused Ankara's critics of lying.", ["TUR"]),
    ("Egyptian police arrested Egyptian activists in Cairo.", ["EGY"]),
    ("Nepal's army arrested Nepalese protesters.", ["NPL"]),
    ("Georgian police beat Georgian protesters outside parliament.", ["GEO"]),
    ("Pakistan's army killed twelve Pakistani Taliban fighters.", ["PAK"]),
    ("The government rejected an offer from Boko Haram.", ["NGA"]),
]


@pytest.mark.parametrize(("text", "recipients"), CODED)
def test_nobody_acts_on_himself(full, text, recipients):
    (event,) = full.code(text, published_on="2025-03-12").events
    assert [ref.country for ref in event.recipients] == recipients
    assert not {ref.id for ref in event.actors} & {ref.id for ref in event.recipients}


def test_an_office_of_no_known_state_is_left_out(full):
    (event,) = full.code("The authorities urged the Taliban to halt attacks.").events
    assert (event.event_type, event.actors) == ("REQUEST", ())
    assert [ref.id for ref in event.recipients] == ["TALIBAN"]
