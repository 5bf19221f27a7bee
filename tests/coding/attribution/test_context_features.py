"""A possible attribution among those beside it: each number of its row has its meaning."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.context_features import (
    NO_RIVAL,
    context_features,
    is_within,
    shared,
    size,
)
from dragoman.knowledge.reporting import load_reporting

# In the order of the row.
NAMES = (
    "odds", "own", "lead", "alike", "around", "inside", "sharing", "words", "in_quotes", "gap", "parts",
    "opens_quote", "length", "sentence", "place", "to_speaker", "quoted", "past", "lemma_odds", "frame_odds",
)  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ([(0, 5)], [(5, 9)], 0),
        ([(0, 5)], [(4, 9)], 1),
        ([(0, 5)], [(1, 3)], 2),
        ([(1, 3)], [(0, 5)], 2),
        ([(0, 2), (6, 9)], [(1, 8)], 3),
        ([(0, 2), (6, 9)], [(2, 6)], 0),
        ([], [(2, 6)], 0),
    ],
)
def test_shared_characters(ours, theirs, both):
    assert shared(ours, theirs) == shared(theirs, ours) == both


def test_size_and_inside():
    assert size([(0, 2), (6, 9)]) == 5
    assert is_within((1, 3), [(0, 3)])
    assert is_within((0, 3), [(5, 6), (0, 3)])
    assert not is_within((1, 4), [(0, 3)])
    assert not is_within((1, 4), [(0, 2), (2, 4)])


def _rows(reading, text):
    """The rows of all candidates, by cue, frame and extent; the log-odds are 1, 2, 3 and so on."""
    annotated = reading(text).annotated
    found = list(candidates(annotated))
    odds = [float(number) for number in range(1, len(found) + 1)]
    rows = context_features(found, odds, annotated, counts=load_reporting().counts)
    assert rows.shape == (len(found), len(NAMES))
    return {
        (c.cue.text, c.frame, c.extent): dict(zip(NAMES, row.tolist(), strict=True))
        for c, row in zip(found, rows, strict=True)
    }


@pytest.mark.pipeline
def test_a_candidate_alone(reading):
    row = _rows(reading, "Arnor said it rained.")["said", "ccomp", ""]
    assert row["odds"] == 1.0
    assert {row[name] for name in ("own", "alike", "around", "inside", "sharing")} == {NO_RIVAL}
    assert row["lead"] == 1.0 - NO_RIVAL
    assert (row["words"], row["parts"], row["length"], row["gap"]) == (2, 1, len("it rained"), 1)
    assert (row["sentence"], row["place"], row["to_speaker"]) == (5, 1, 1)
    assert (row["quoted"], row["past"], row["opens_quote"], row["in_quotes"]) == (0, 1, 0, 0)


@pytest.mark.pipeline
def test_rivals_with_the_same_cue_and_sayings_around_and_inside(reading):
    rows = _rows(reading, "Arnor said Gondor had rejected the truce.")
    outer, inner = rows["said", "ccomp", ""], rows["rejected", "dobj", ""]
    assert (outer["inside"], outer["around"]) == (inner["odds"], NO_RIVAL)
    assert (inner["around"], inner["inside"]) == (outer["odds"], NO_RIVAL)
    assert outer["sharing"] == inner["odds"]
    assert outer["alike"] == NO_RIVAL
    rows = _rows(reading, "The fort has fallen, a captain of the guard said.")
    near, whole = rows["said", "ccomp", ""], rows["said", "around", "rest"]
    assert (near["own"], whole["own"]) == (whole["odds"], near["odds"])
    assert near["lead"] == near["odds"] - whole["odds"]


@pytest.mark.pipeline
def test_another_cue_with_much_the_same_content(reading):
    rows = _rows(reading, "Arnor has reportedly closed the border, Gondor said.")
    alike = rows["said", "ccomp", ""]["alike"]
    assert alike == rows["reportedly", "hearsay", ""]["odds"]


@pytest.mark.pipeline
def test_another_sentence_holds_no_rival(reading):
    rows = _rows(reading, "Arnor said it rained. Gondor denied it.")
    assert rows["said", "ccomp", ""]["sharing"] == rows["said", "ccomp", ""]["own"] == NO_RIVAL


@pytest.mark.pipeline
def test_content_in_quotes_before_its_cue(reading):
    row = _rows(reading, '"The border is closed," Arnor said.')
    row = next(row for (cue, *_), row in row.items() if cue == "said")
    assert (row["in_quotes"], row["opens_quote"]) == (1.0, 1.0)
    assert row["gap"] == len(" Arnor ")
