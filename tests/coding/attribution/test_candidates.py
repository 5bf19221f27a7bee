"""Places where somebody may be said to say something: the cue, its speaker, the content and its frame."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.spans import trim

pytestmark = pytest.mark.pipeline

# Text, cue, frame, speaker, content; one candidate of the text is this one.
POSSIBLE = [
    ("Arnor said it had closed the border.", "said", "ccomp", "Arnor", "it had closed the border"),
    ('"The border is closed," Arnor said.', "said", "quote", "Arnor", '"The border is closed,"'),
    ("The border is closed, Arnor said.", "said", "ccomp", "Arnor", "The border is closed"),
    ("According to Arnor, the border is closed.", "According", "according", "Arnor", "the border is closed"),
    ("Arnor denied spying.", "denied", "dobj", "Arnor", "spying"),
    ("Arnor vowed to close the border.", "vowed", "xcomp", "Arnor", "to close the border"),
    ("Arnor demanded an apology.", "demanded", "dobj", "Arnor", "an apology"),
    ("Arnor spoke of war.", "spoke", "prep-of", "Arnor", "war"),
    ("Arnor accused Gondor of murder.", "accused", "object-and-more", "Arnor", "Gondor of murder"),
    ("Gondor rejected Arnor's claim that it had closed the border.", "claim", "noun-that", "Arnor",
     "that it had closed the border"),
    ("Gondor rejected Arnor's call for a truce.", "call", "noun-for", "Arnor", "a truce"),
    ('"Who will pay for the bridge?" Bard asked.', "asked", "quote", "Bard",
     '"Who will pay for the bridge?"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "frame", "speaker", "content"), POSSIBLE)
def test_a_possible_attribution(reading, text, cue, frame, speaker, content):
    found = [
        (c.cue.text, c.frame, c.speaker and c.speaker.text, " ".join(text[a:b] for a, b in c.content))
        for c in candidates(reading(text).annotated)
    ]
    assert (cue, frame, speaker, content) in found


@pytest.mark.parametrize("text", ["Rain.", "The long road.", "In Bree at dawn."])
def test_what_has_no_verb_and_no_content_is_none(reading, text):
    assert list(candidates(reading(text).annotated)) == []


TRIMMED = [
    (" so it is. ", "so it is"),
    (", that it rained -", "that it rained"),
    ('"It rained."', '"It rained."'),
    ('"It rained," ', '"It rained,"'),
    ("...", ""),
    ("a", "a"),
]


@pytest.mark.parametrize(("text", "words"), TRIMMED)
def test_edges_are_left_out(text, words):
    start, end = trim(text, 0, len(text))
    assert text[start:end] == words
