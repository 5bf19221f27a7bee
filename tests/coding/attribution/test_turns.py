"""Turns of transcripts, questions and answers, signed posts."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.turns import find_turns

pytestmark = pytest.mark.pipeline

# Text; speaker, label and words of each turn.
TURNS = [
    ("FARAMIR: Mordor attacked Bree.\nREPORTER: When?\nFARAMIR: At dawn.",
     [("FARAMIR", "FARAMIR", "Mordor attacked Bree."), ("FARAMIR", "FARAMIR", "At dawn.")]),
    ("Faramir met the press.\nQ: Who attacked?\nA: Mordor attacked Bree.",
     [("Faramir", "A", "Mordor attacked Bree.")]),
    ("Q: Who attacked?\nA: Mordor attacked Bree.", [(None, "A", "Mordor attacked Bree.")]),
    ("FARAMIR: Mordor attacked Bree.\nQ: When?\nA: At dawn.",
     [("FARAMIR", "FARAMIR", "Mordor attacked Bree."), ("FARAMIR", "A", "At dawn.")]),
    # One label alone: to the end of its line. Two: to the end of the last one's paragraph.
    ("MR. BARD: Mordor attacked Bree.\nThe road is closed.", [("BARD", "MR. BARD", "Mordor attacked Bree.")]),
    ("BARD: Mordor attacked.\nEOWYN: When?\nIt rained.\n\nThe road is closed.",
     [("BARD", "BARD", "Mordor attacked."), ("EOWYN", "EOWYN", "When?\nIt rained.")]),
    ("Gilraen Dirhael: Mordor attacked Bree.", [("Dirhael", "Gilraen Dirhael", "Mordor attacked Bree.")]),
    # What is no label.
    ("Note: Mordor attacked Bree.", []),
    ("Bard of Dale: Mordor attacked Bree.", []),
    ("Price of oil rises: Mordor attacked Bree.", []),
    ("Mordor attacked Bree (at 5:30).", []),
    # Signed posts.
    ("Mordor attacked Bree at dawn.\n— Captain Faramir (@faramir)",
     [("Faramir", "Captain Faramir", "Mordor attacked Bree at dawn.")]),
    ("It rained.\nMordor attacked Bree.\n— Faramir (@faramir)",
     [("Faramir", "Faramir", "Mordor attacked Bree.")]),
    ("— Faramir (@faramir)", []),
    ("Mordor attacked Bree.\n— Faramir (captain)", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "turns"), TURNS)
def test_the_turns_of_a_text(reading, text, turns):
    found = [
        (turn.speaker and turn.speaker.text, text[slice(*turn.label)], text[slice(*turn.content)])
        for turn in find_turns(reading(text).annotated)
    ]
    assert found == turns
