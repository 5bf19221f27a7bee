"""Boosted trees read from plain numbers: which leaf a row ends in, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from dragoman.knowledge.boosted_trees import BoostedTrees

# Two trees: feature 0 up to 0.5, then feature 1 up to 2; and a single leaf.
CONTENT: dict[str, Any] = {
    "base": -1.0,
    "feature": [0, -1, 1, -1, -1, -1],
    "limit": [0.5, 0.0, 2.0, 0.0, 0.0, 0.0],
    "low": [1, 0, 3, 0, 0, 0],
    "high": [2, 0, 4, 0, 0, 0],
    "value": [0.0, 1.0, 0.0, 10.0, 100.0, 0.25],
    "roots": [0, 5],
}

ROWS = [
    ([0.0, 9.0], 0.25),
    ([0.5, 9.0], 0.25),  # on the limit: low
    ([0.6, 2.0], 9.25),
    ([0.6, 2.1], 99.25),
]


@pytest.mark.parametrize(("row", "odds"), ROWS)
def test_the_leaves_of_a_row_are_summed(row, odds):
    trees = BoostedTrees.from_content(CONTENT)
    assert trees.log_odds(np.array([row], dtype=np.float32)) == [odds]


def test_rows_are_followed_together_as_alone():
    trees = BoostedTrees.from_content(CONTENT)
    rows = np.array([row for row, _ in ROWS], dtype=np.float32)
    assert trees.log_odds(rows) == [odds for _, odds in ROWS]
    assert trees.log_odds(rows[:0]) == []


def test_a_chance_is_the_logistic_of_the_log_odds():
    trees = BoostedTrees.from_content(CONTENT)
    (chance,) = trees.chances(np.array([[0.0, 0.0]], dtype=np.float32))
    assert chance == pytest.approx(1.0 / (1.0 + math.exp(-0.25)))


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_every_list_is_needed(name):
    with pytest.raises(KeyError, match=name):
        BoostedTrees.from_content({key: value for key, value in CONTENT.items() if key != name})


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_only_numbers_are_read(name):
    wrong = "many" if name == "base" else ["many"]
    with pytest.raises((TypeError, ValueError)):
        BoostedTrees.from_content({**CONTENT, name: wrong})
