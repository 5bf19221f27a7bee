"""Acts done by saying so: demands, reproaches, threats, grievances; never against one's own side."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.speech_acts import (
    accusation_in,
    demand_in,
    grievance_in,
    may_bind,
    threat_in,
)

pytestmark = pytest.mark.pipeline

BINDING = [
    ("Gondor must [withdraw].", True),
    ("Gondor will [withdraw].", True),
    ("Gondor has to [withdraw].", True),
    ("Gondor should [withdraw].", True),
    ("Gondor [withdrew].", False),
    ("Gondor may [withdraw].", False),
]


@pytest.mark.parametrize(("text", "binds"), BINDING)
def test_a_clause_that_may_bind(reading, text, binds):
    assert may_bind(reading(text).word) is binds


# What is said, the speaker in angle brackets, the predicate in square ones; type and mode, of whom.
DEMANDS = [
    ("<Arnor> said Gondor must [withdraw] from Bree.", "REQUEST", ["GON"]),
    ("<Arnor> said Gondor should [free] the prisoners.", "REQUEST", ["GON"]),
    ("<Arnor> said Gondor has to [withdraw] from Bree.", "REQUEST", ["GON"]),
    ("<Arnor> said Gondorian troops have to [withdraw] from Bree.", "REQUEST", ["GON"]),
    pytest.param(
        "<Arnor> said Gondor ought to [withdraw] from Bree.",
        "REQUEST",
        ["GON"],
        marks=pytest.mark.xfail(reason="*ought* is parsed as the verb above, not as an auxiliary"),
    ),
    ("<Arnor> said Gondor should have [freed] the prisoners.", "ACCUSE", ["GON"]),
    ('"Gondor must [withdraw]," <Sauron> said.', "REQUEST", ["GON"]),
]


@pytest.mark.parametrize(("text", "event_type", "recipients"), DEMANDS)
def test_who_says_that_another_must_demands_it(reading, sides_of, text, event_type, recipients):
    act = demanded(reading(text))
    assert act is not None
    assert act.event_type == event_type
    assert act.actors == reading(text).wanted()
    assert sides_of(act.recipients) == recipients


NO_DEMANDS = [
    "<Arnor> said Arnor must [withdraw] from Bree.",
    "<Arnor> said the Arnorian army must [withdraw] from Bree.",
    "The <king> of Arnor said Arnor must [free] the prisoners.",
    "The Arnorian <army> said the Arnorian government should [free] the prisoners.",
    "<Arnor> said it must [withdraw] from Bree.",
    '"We must [withdraw]," <Sauron> said.',
    "<Arnor> said Gondor [withdrew] from Bree.",
    "<Arnor> said Gondor may [withdraw] from Bree.",
    "<Arnor> said Gondor must be [punished].",
    "<Arnor> said the rain must [stop].",
    "<Arnor> said a farmer must [leave].",
]


@pytest.mark.parametrize("text", NO_DEMANDS)
def test_what_is_no_demand_of_another_side(reading, text):
    assert demanded(reading(text)) is None


def demanded(found):
    return demand_in(
        found.word,
        found.wanted(),
        parties=found.parties,
        candidate_at=found.matcher.candidate_at,
        book=found.coder.book,
    )


def test_without_a_speaker_nothing_is_demanded(reading):
    assert demanded(reading("Gondor must [withdraw] from Bree.")) is None


THREATS = [
    ("<Arnor> said Gondor will [face] consequences.", ["GON"]),
    ("<Arnor> said Gondor will [pay] a heavy price.", ["GON"]),
    ("<Arnor> said Gondor will [regret] it.", ["GON"]),
    ("<Arnor> said Gondor will not [face] consequences.", None),
    ("<Arnor> said Gondor [faced] consequences.", None),
    ("<Arnor> said Arnor will [face] consequences.", None),
    ("<Arnor> said the Arnorian army will [face] consequences.", None),
    ("<Arnor> said Gondor will [face] a hard winter.", None),
    ("<Arnor> said thieves will [face] consequences.", None),
]


@pytest.mark.parametrize(("text", "recipients"), THREATS)
def test_who_says_what_another_will_meet_threatens(reading, sides_of, text, recipients):
    found = reading(text)
    act = threat_in(found.word, found.wanted(), parties=found.parties)
    assert (act and (act.event_type, sides_of(act.recipients))) == (recipients and ("THREATEN", recipients))


GRIEVANCES = [
    ('"Gondor has [violated] our border," <Sauron> said.', ["GON"]),
    ('"Gondor [betrayed] us," <Sauron> said.', ["GON"]),
    ('"Gondor has not [violated] our border," <Sauron> said.', None),
    ('"Gondor will [violate] our border," <Sauron> said.', None),
    ('"Gondor has [violated] the border," <Sauron> said.', None),
    ('"Mordor [betrayed] us," <Sauron> said.', None),
    ('"Our border was [violated] by Gondor," <Sauron> said.', None),
]


@pytest.mark.parametrize(("text", "recipients"), GRIEVANCES)
def test_who_says_that_another_wronged_us_accuses(reading, sides_of, text, recipients):
    found = reading(text)
    act = grievance_in(found.word, found.wanted(), parties=found.parties)
    assert (act and (act.event_type, sides_of(act.recipients))) == (recipients and ("ACCUSE", recipients))


VICTIMS = [
    ("<Gondor> said Mordor had [attacked] Gondor.", ["MOR"]),
    ("<Gondor> said Mordor had [attacked] the Gondorian army.", ["MOR"]),
    ("<Rohan> said Mordor had [attacked] Gondor.", None),
    ("<Gondor> said Gondor had [attacked] Mordor.", None),
    ("<Mordor> said Mordor had [attacked] Gondor.", None),
    ("<Gondor> said Mordor had [praised] Gondor.", None),
]


@pytest.mark.parametrize(("text", "recipients"), VICTIMS)
def test_who_says_that_another_harmed_them_accuses(reading, sides_of, text, recipients):
    found = reading(text)
    harm = found.matcher.candidate_at(found.word)
    assert harm is not None
    act = accusation_in(harm, found.word, found.wanted())
    assert (act and (act.event_type, sides_of(act.recipients))) == (recipients and ("ACCUSE", recipients))
