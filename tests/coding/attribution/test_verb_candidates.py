"""Possible attributions at a verb: how what is said hangs on it, who says it, and how far it goes."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.verb_candidates import of_verb

pytestmark = pytest.mark.pipeline

# The cue in brackets; frame, speaker, parts of the content, extent. One candidate of the verb is this one.
POSSIBLE = [
    ("The bridge is lost, Arnor [warned], and the road is closed.", "around", "Arnor",
     ["The bridge is lost", "and the road is closed"], ""),
    ("It is, he [said], time to go home.", "around", "he", ["It is", "time to go home"], "rest"),
    ("The fort has fallen, a captain of the guard [said].", "around", "captain",
     ["The fort has fallen"], "rest"),
    ("Arnor [called] the claim a lie.", "object-and-more", "Arnor", ["the claim a lie"], ""),
    ("Arnor [accused] Gondor of spying, while Bree won a prize.", "object-and-more", "Arnor",
     ["Gondor of spying"], ""),
    ("Faramir [counted] three towns: Bree, Dale and Laketown.", "dobj", "Faramir", ["three towns"], "core"),
    ("Bree fell on Monday, as Arnor [reported].", "host-as", "Arnor", ["Bree fell on Monday"], ""),
    ("The truce that Arnor [wants] is far off.", "host-relcl", "Arnor", ["The truce"], ""),
    ("A truce [announced] by Arnor failed.", "host-acl", "Arnor", ["A truce"], ""),
    ("Gondor was [criticised] by Arnor.", "passive", "Arnor", ["Gondor"], ""),
    ("Arnor is [expected] to act.", "raised-passive-xcomp", None, ["Arnor", "to act"], ""),
    ("Arnor [seems] to hesitate.", "raised-active-xcomp", None, ["Arnor", "to hesitate"], ""),
    ("Mordor is [seen] as a threat.", "raised-passive-prep", None, ["Mordor", "as a threat"], ""),
    ("Arnor [feels] like it has won.", "advcl-like", "Arnor", ["like it has won"], ""),
    ("Arnor [said] that it had won and that Gondor had lost.", "ccomp", "Arnor",
     ["that it had won and that Gondor had lost"], ""),
    ("Arnor [asked] whether the road was open.", "ccomp", "Arnor", ["whether the road was open"], ""),
    ("Gondor [said] in a statement that the bridge had fallen.", "ccomp", "Gondor",
     ["that the bridge had fallen"], ""),
]  # fmt: skip


def _found(reading, text):
    found = reading(text)
    words = found.annotated.document.text
    return [
        (c.frame, c.speaker and c.speaker.text, [words[a:b] for a, b in c.content], c.extent)
        for c in of_verb(found.word, found.annotated)
    ]


@pytest.mark.parametrize(("text", "frame", "speaker", "content", "extent"), POSSIBLE)
def test_a_verb_may_tell(reading, text, frame, speaker, content, extent):
    assert (frame, speaker, content, extent) in _found(reading, text)


# What the frames of a verb are never: the row's frame is not among them.
IMPOSSIBLE = [
    ("Arnor [wanted] to act.", "raised-active-xcomp"),
    ("Arnor [closed] the road, as it rained.", "host-as"),
    ("The envoy that [left] is back.", "host-relcl"),
    ("Arnor [met] Gondor after it had won.", "advcl-after"),
    ("Arnor [left] Bree.", "object-and-more"),
]


@pytest.mark.parametrize(("text", "frame"), IMPOSSIBLE)
def test_a_verb_does_not_tell(reading, text, frame):
    assert frame not in {found[0] for found in _found(reading, text)}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The year [saw] a truce.", None),
        ("Monday [saw] heavy rain.", None),
        ("The envoy [saw] a truce.", "envoy"),
    ],
)
def test_a_time_is_no_speaker(reading, text, speaker):
    assert {found[1] for found in _found(reading, text)} == {speaker}


def test_a_clause_beside_is_no_part_of_what_is_said(reading):
    found = _found(reading, "Arnor [accused] Gondor of spying while drunk.")
    assert any("while drunk" in " ".join(content) for _, _, content, _ in found)
    found = _found(reading, "Arnor [accused] Gondor of spying, while Bree won a prize.")
    assert not any("Bree" in " ".join(content) for _, _, content, _ in found)


HEARSAY = [
    ("Arnor has reportedly closed the border.", ["Arnor has", "closed the border"]),
    ("Arnor has allegedly attacked Bree.", ["Arnor has", "attacked Bree"]),
    ("Arnor has quickly attacked Bree.", None),
]


@pytest.mark.parametrize(("text", "content"), HEARSAY)
def test_an_adverb_may_tell(reading, text, content):
    found = [c for c in candidates(reading(text).annotated) if c.frame == "hearsay"]
    assert [[text[a:b] for a, b in c.content] for c in found] == ([content] if content else [])
    assert {c.speaker for c in found} <= {None}
