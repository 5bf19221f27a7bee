"""Possible attributions at a noun or an adjective: *the claim that*, *support from*, *worried that*."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.noun_candidates import of_adjective, of_noun

pytestmark = pytest.mark.pipeline

# The cue in brackets; frame, speaker, content. One candidate of the noun is this one.
NOUNS = [
    ("Gondor rejected Arnor's [claim] that the bridge had fallen.", "noun-that", "Arnor",
     "that the bridge had fallen"),
    ("Gondor rejected Arnor's [call] for a truce.", "noun-for", "Arnor", "a truce"),
    ("[Support] from Arnor for the truce grew.", "noun-for", "Arnor", "the truce"),
    ("The merger [announcement] came late.", "noun-compound", None, "merger"),
    ("The [fear] is that the bridge will fall.", "noun-is-ccomp", None, "that the bridge will fall"),
    ("In Bard's [view], the bridge will fall.", "noun-host-in", "Bard", "the bridge will fall"),
    ("Arnor voiced [doubts] about the truce.", "noun-about", "Arnor", "the truce"),
    ("Arnor made a [promise] to leave.", "noun-to", "Arnor", "to leave"),
]  # fmt: skip

ADJECTIVES = [
    (
        "Arnor is [worried] that the bridge will fall.",
        "adjective-ccomp",
        "Arnor",
        "that the bridge will fall",
    ),
    ("Arnor is [ready] to talk.", "adjective-xcomp", "Arnor", "to talk"),
    ("Arnor, [fearful] of war, armed itself.", "adjective-of", "Arnor", "war"),
]


def _found(reading, text, read):
    found = reading(text)
    words = found.annotated.document.text
    return [
        (c.frame, c.speaker and c.speaker.text, " ".join(words[a:b] for a, b in c.content), c.cue.text)
        for c in read(found.word, found.annotated)
    ]


@pytest.mark.parametrize(("text", "frame", "speaker", "content"), NOUNS)
def test_a_noun_may_tell(reading, text, frame, speaker, content):
    cue = text[text.index("[") + 1 : text.index("]")]
    assert (frame, speaker, content, cue) in _found(reading, text, of_noun)


@pytest.mark.parametrize(("text", "frame", "speaker", "content"), ADJECTIVES)
def test_an_adjective_may_tell(reading, text, frame, speaker, content):
    cue = text[text.index("[") + 1 : text.index("]")]
    assert (frame, speaker, content, cue) in _found(reading, text, of_adjective)


@pytest.mark.parametrize("word", ["by", "from", "among"])
def test_who_stands_behind_a_noun_says_it_and_is_not_what_is_said(reading, word):
    found = _found(reading, f"The [support] {word} farmers for the tax grew.", of_noun)
    assert not any(frame == f"noun-{word}" for frame, *_ in found)


def test_what_is_said_in_a_statement_is_said_by_the_verb(reading):
    text = "Gondor [said] in a <statement> that the bridge had fallen."
    found = reading(text)
    told = list(of_noun(found.expected[0], found.annotated))
    assert {c.cue.text for c in told if c.frame == "ccomp"} <= {"said"}


def test_what_stands_before_an_adjective_is_not_told_by_it(reading):
    found = _found(reading, "To Arnor the road was [open].", of_adjective)
    assert found == []
