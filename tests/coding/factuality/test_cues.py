"""The markers at a predicate itself: modal, negation, adverbs, tense, and what "and" and "or" share."""

from __future__ import annotations

import pytest

from dragoman.coding.factuality.assessment import assess
from dragoman.coding.factuality.cues import clause_opening, is_definite, read_noun, read_verb

pytestmark = pytest.mark.pipeline

# The verb in brackets; its strength (0 to 3), its sign, its tense.
VERBS = [
    ("Gondor [attacked] Rohan.", 3, 1, "past"),
    ("Gondor [attacks] Rohan at dawn.", 3, 1, "present"),
    ("Gondor did not [attack] Rohan.", 3, -1, "past"),
    ("Gondor has [attacked] Rohan.", 3, 1, "past"),
    ("Gondor will [attack] Rohan.", 2, 1, "future"),
    ("Gondor may [attack] Rohan.", 1, 1, "future"),
    ("Gondor must [attack] Rohan.", 0, 1, "future"),
    ("Gondor probably [attacked] Rohan.", 2, 1, "past"),
    ("Gondor almost [attacked] Rohan.", 2, -1, "past"),
    ("Nobody [attacked] Rohan.", 3, -1, "past"),
    ("Gondor [attacked] nobody.", 3, -1, "past"),
    ("Gondor no longer [attacks] Rohan.", 3, -1, "present"),
    ("Gondor not only [attacked] Rohan.", 3, 1, "past"),
    ("Gondor wants to [attack] Rohan.", 3, 1, None),
]


@pytest.mark.parametrize(("text", "strength", "sign", "tense"), VERBS)
def test_the_markers_of_a_verb(reading, coder, text, strength, sign, tense):
    cues = read_verb(reading(text).word, coder.modality)
    assert (cues.strength, cues.sign, cues.tense) == (strength, sign, tense)


# What "or" shares and "and" does not: the verb in brackets, whether it is held to be so.
JOINED = [
    ("Gondor never answered and [attacked] Rohan.", "positive"),
    ("Gondor no longer supports Rohan and [arms] Mordor.", "positive"),
    ("Gondor has never left the pact and has [attacked] Rohan.", "positive"),
    ("Gondor never answered the letter but [attacked] Rohan.", "positive"),
    ("Gondor did not attack Rohan or [invade] Dale.", "negative"),
    pytest.param(
        "Gondor never attacked Rohan or [invaded] Dale.",
        "negative",
        marks=pytest.mark.xfail(
            reason="a negation is not shared where the parse tags the second verb otherwise"
        ),
    ),
    ("Gondor has neither confirmed nor [denied] the report.", "negative"),
    ("Gondor did not answer and Mordor [attacked] Rohan.", "positive"),
]


@pytest.mark.parametrize(("text", "polarity"), JOINED)
def test_a_negation_goes_over_or_never_over_and(reading, coder, text, polarity):
    found = reading(text)
    assert assess(found.word, found.annotated, lexicon=coder.modality).polarity == polarity


def test_a_modal_goes_over_both(reading, coder):
    for word in ("and", "or"):
        cues = read_verb(reading(f"Gondor may attack {word} [invade] Rohan.").word, coder.modality)
        assert (cues.strength, cues.sign) == (1, 1)


# The noun in brackets; its strength, its sign, what is noted.
NOUNS = [
    ("The [attack] failed.", 3, 1, []),
    ("No [attack] was seen.", 3, -1, ["no"]),
    ("An alleged [attack] was seen.", 1, 1, ["alleged"]),
    ("A planned [attack] was feared.", 2, 1, ["planned"]),
    ("A foiled [attack] was told.", 3, -1, ["foiled"]),
    ("Any [attack] is wrong.", 3, 1, ["any"]),
    ("A proposed [attack] was feared.", 0, 1, ["proposed"]),
]


@pytest.mark.parametrize(("text", "strength", "sign", "names"), NOUNS)
def test_the_markers_of_a_noun(reading, coder, text, strength, sign, names):
    cues = read_noun(reading(text).word, coder.modality)
    assert (cues.strength, cues.sign, cues.names) == (strength, sign, names)


# The verb of a clause in brackets; what opens it.
OPENINGS = [
    ("If Gondor [invades] Rohan, Dale will help.", "conditional"),
    ("Unless Gondor [pays], Dale will leave.", "conditional"),
    ("Should Gondor [invade] Rohan, Dale will help.", "conditional"),
    ("Dale left because Gondor [invaded] Rohan.", "factual"),
    ("Dale left before Gondor [invaded] Rohan.", "host"),
    ("Even if Gondor [invades] Rohan, Dale will leave.", "concessive"),
    ("Gondor [invaded] Rohan.", None),
]


@pytest.mark.parametrize(("text", "opening"), OPENINGS)
def test_what_opens_a_clause(reading, coder, text, opening):
    assert clause_opening(reading(text).word, coder.modality) == opening


DEFINITE = [
    ("The [attack] failed.", True),
    ("Its [attack] failed.", True),
    ("Gondor's [attack] failed.", True),
    ("These [attacks] failed.", True),
    ("An [attack] failed.", False),
    ("[Attacks] of the enemy failed.", False),
]


@pytest.mark.parametrize(("text", "definite"), DEFINITE)
def test_what_is_taken_as_known(reading, text, definite):
    assert is_definite(reading(text).word) is definite
