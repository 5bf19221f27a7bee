"""Accusations made by a label: "what they call an invasion"."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.labelling import blamed_below, named_wrong

pytestmark = pytest.mark.pipeline

BY_VERB = pytest.mark.xfail(reason="a by-phrase behind the wrong is parsed with the verb of calling")

# The wrong in brackets; who calls it so, who is accused.
NAMED = [
    ("Gondor condemned what it called Mordor's [aggression].", ["GON"], ["MOR"]),
    ("Rohan denounced what it called Mordorian [aggression].", ["ROH"], ["MOR"]),
    pytest.param("Gondor condemned what it called an [invasion] by Mordor.", ["GON"], ["MOR"], marks=BY_VERB),
    ("Gondor condemned Mordor's [aggression].", None, None),
    ("Gondor called it an [invasion].", None, None),
    ("Mordor ended what it called Mordor's [occupation].", None, None),
    ("Gondor praised what it called Mordor's [help].", None, None),
]


@pytest.mark.parametrize(("text", "actors", "recipients"), NAMED)
def test_who_names_a_wrong_accuses(reading, sides_of, coder, text, actors, recipients):
    found = reading(text)
    act = named_wrong(found.word, wrongs=coder.book.sets["wrongs"], parties=found.parties)
    assert (act and sides_of(act.actors)) == actors
    assert (act and sides_of(act.recipients)) == recipients
    assert act is None or act.event_type == "ACCUSE"


def test_the_one_protested_against_is_accused_when_no_doer_is_named(reading, sides_of, coder):
    found = reading("<Mordor> slept. Gondor ended what it called an [invasion].")
    wrongs = coder.book.sets["wrongs"]
    assert named_wrong(found.word, wrongs=wrongs, parties=found.parties) is None
    act = named_wrong(found.word, wrongs=wrongs, parties=found.parties, protested=found.wanted())
    assert act is not None
    assert (sides_of(act.actors), sides_of(act.recipients)) == (["GON"], ["MOR"])


BLAMED = [
    ("Gondor [condemned] what it called Mordor's aggression.", ["MOR"]),
    pytest.param("Gondor [condemned] what it called an invasion by Mordor.", ["MOR"], marks=BY_VERB),
    ("Gondor [condemned] what it called Mordorian aggression.", ["MOR"]),
    ("Gondor [condemned] what it called an invasion.", []),
    ("Gondor [condemned] the aggression of Mordor.", []),
    ("Gondor [praised] Mordor.", []),
    ("Gondor [rejected] what it called Rohirric interference.", ["ROH"]),
]


@pytest.mark.parametrize(("text", "recipients"), BLAMED)
def test_whom_a_condemnation_is_directed_against(reading, sides_of, coder, text, recipients):
    found = reading(text)
    blamed = blamed_below(found.word, wrongs=coder.book.sets["wrongs"], parties=found.parties)
    assert sides_of(blamed) == recipients
