"""Sentences about mishaps and sport, told by their words."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.subjects import is_mishap, is_publication, is_sport

pytestmark = pytest.mark.pipeline

# Text, a word of the sentence asked about, whether it tells of a mishap.
MISHAPS = [
    ("A flood killed nine people.", "killed", True),
    ("Floods killed nine people.", "killed", True),
    ("A bomb set fire to a train.", "set", False),  # violence outweighs it
    ("Nine people were killed.", "killed", False),  # told of neither
    # A sentence that says neither is read with the one before it, and with no other.
    ("A train derailed in Gondor. Nine people were killed.", "killed", True),
    ("A bomb went off in Gondor. Nine people were killed.", "killed", False),
    ("A train derailed. Gondor mourned. Nine people were killed.", "killed", False),
    ("Nine people were killed. A train derailed.", "killed", False),
    ("A bomb went off. A train derailed.", "derailed", True),
]


@pytest.mark.parametrize(("text", "word", "told"), MISHAPS)
def test_mishap(word_in, text: str, word: str, told: bool) -> None:
    assert is_mishap(word_in(text, word)) is told


# Text, whether its sentence is about sport: two words of it, for one may be a metaphor.
SPORT = [
    ("The coach praised the striker.", True),
    ("Coaches praised the strikers.", True),
    ("The talks reached their final goal.", True),
    ("The envoys praised the team.", False),
    ("The coach praised the envoy. The striker left.", False),
]


@pytest.mark.parametrize(("text", "told"), SPORT)
def test_sport(word_in, text: str, told: bool) -> None:
    word = "praised" if "praised" in text else "reached"
    assert is_sport(word_in(text, word), "SUPPORT") is told


# Text, the form of "release" in it, whether a thing is published.
RELEASES = [
    ("The rebels released a video of their hostages.", "released", True),
    ("Gondor released a statement and a list of names.", "released", True),
    ("A report on Mordor was released by Gondor.", "released", True),
    ("The release of the photos angered Gondor.", "release", True),
    ("The rebels released two hostages.", "released", False),
    ("Gondor released a journalist and his film.", "released", False),
    ("Two envoys of Gondor were released by Mordor.", "released", False),
    ("The release of the envoys pleased Gondor.", "release", False),
    ("Gondor welcomed their release.", "release", False),
    ("Gondor withdrew a report.", "withdrew", False),
]


@pytest.mark.parametrize(("text", "word", "told"), RELEASES)
def test_publication(word_in, text: str, word: str, told: bool) -> None:
    assert is_publication(word_in(text, word)) is told
