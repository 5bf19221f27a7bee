"""A single verb: its voice, its negation, its particles."""

from __future__ import annotations

import pytest

from dragoman.coding.syntax.verb_phrases import (
    OBJECT_LABELS,
    children_labelled,
    is_negated,
    is_passive,
    is_verb,
    particles,
)

pytestmark = pytest.mark.pipeline

PASSIVE = [
    ("Gondor was [attacked].", True),
    ("Gondor has been [attacked].", True),
    ("Gondor [attacked] Rohan.", False),
    ("Gondor has [attacked] Rohan.", False),
    ("Ships [seized] by Gondor returned.", True),
    ("Two ships were seized and [burned].", True),
    ("Gondor has seized and [burned] two ships.", False),
    ("Gondor will be [attacked].", True),
]


@pytest.mark.parametrize(("text", "passive"), PASSIVE)
def test_the_voice_of_a_verb(reading, text, passive):
    assert is_passive(reading(text).word) is passive


NEGATED = [
    ("Gondor did not [attack].", True),
    ("Gondor never [attacked].", True),
    ("Gondor [attacked] nobody else.", False),
    ("No [attack] was seen.", True),
    ("The [attack] was seen.", False),
    ("Gondor didn't [attack].", True),
]


@pytest.mark.parametrize(("text", "negated"), NEGATED)
def test_the_negation_of_a_word_itself(reading, text, negated):
    assert is_negated(reading(text).word) is negated


PARTICLES = [
    ("Gondor [called] off the talks.", {"off"}),
    ("Gondor [called] on Rohan to leave.", {"on"}),
    ("Gondor [called] Bard on Monday.", set()),
    ("Gondor [called] Bard.", set()),
    ("Gondor [pulled] out of the pact.", {"out"}),
    ("Gondor [backed] down.", {"down"}),
]


@pytest.mark.parametrize(("text", "words"), PARTICLES)
def test_the_particles_of_a_verb(reading, text, words):
    assert particles(reading(text).word) & {"off", "on", "out", "down"} == words


def test_children_by_label(reading):
    verb = reading("Gondor [attacked] Rohan.").word
    assert [t.text for t in children_labelled(verb, OBJECT_LABELS)] == ["Rohan"]
    assert is_verb(verb)
    assert not is_verb(verb.doc[0])
