"""Boosted trees written by hand, followed as they stand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from dragoman.coding.decision.features import is_unaided
from dragoman.coding.decision.model import DecisionModel, load_decision_model
from dragoman.errors import KnowledgeError

# Two trees over two features. The first asks has_rule <= 0.5, then on the right firm <= 0.25;
# the second is a leaf alone.
TREES: dict[str, Any] = {
    "names": ["firm", "has_rule"],
    "base": 0.5,
    "threshold": 0.4,
    "long_threshold": 0.6,
    "feature": [1, -1, 0, -1, -1, -1],
    "limit": [0.5, 0.0, 0.25, 0.0, 0.0, 0.0],
    "low": [1, 0, 3, 0, 0, 0],
    "high": [2, 0, 4, 0, 0, 0],
    "value": [0.0, -2.0, 0.0, 0.5, 3.0, 0.25],
    "roots": [0, 5],
    "unaided": [0.5, -1.0],
}


@pytest.fixture
def model(tmp_path: Path) -> DecisionModel:
    (tmp_path / "decision.json").write_text(json.dumps(TREES))
    return load_decision_model("decision", tmp_path)


# Features, the value of the leaf of the first tree.
ROWS = [
    ({"has_rule": 0.0, "firm": 1.0}, -2.0),
    ({"has_rule": 0.5, "firm": 1.0}, -2.0),  # as much as the limit goes low
    ({"has_rule": 1.0, "firm": 0.25}, 0.5),
    ({"has_rule": 1.0, "firm": 0.26}, 3.0),
    ({"has_rule": 1.0}, 0.5),  # what is missing is zero
    ({}, -2.0),
    ({"has_rule": 1.0, "firm": 1.0, "colour": 9.0}, 3.0),  # what no tree asks is passed over
]


@pytest.mark.parametrize(("features", "leaf"), ROWS)
def test_probability(model: DecisionModel, features: dict[str, float], leaf: float) -> None:
    assert model.probability(features) == pytest.approx(1 / (1 + math.exp(-(0.5 + leaf + 0.25))))


LONG, SHORT = math.log1p(6), math.log1p(5)
# Features, whether it is what the reader alone found in a long text.
UNAIDED = [
    ({"document_sentences": LONG}, True),
    ({"document_sentences": SHORT}, False),
    ({"document_sentences": LONG, "has_rule": 1.0}, False),
    ({}, False),
]


@pytest.mark.parametrize(("features", "unaided"), UNAIDED)
def test_what_the_reader_alone_found_in_a_long_text_has_odds_of_its_own(
    model: DecisionModel, features: dict[str, float], unaided: bool
) -> None:
    odds = 0.5 + 0.25 + (0.5 if features.get("has_rule") else -2.0)
    expected = 0.5 * odds - 1.0 if unaided else odds
    assert is_unaided(features) is unaided
    assert model.probability(features) == pytest.approx(1 / (1 + math.exp(-expected)))


def test_many_at_once_give_what_each_gives_alone(model: DecisionModel) -> None:
    rows = [features for features, _ in ROWS]
    assert model.probabilities(rows) == [model.probability(features) for features in rows]
    assert model.probabilities([]) == []


@pytest.mark.parametrize(("sentences", "threshold"), [(1, 0.4), (5, 0.4), (6, 0.6), (60, 0.6)])
def test_long_texts_have_a_threshold_of_their_own(
    model: DecisionModel, sentences: int, threshold: float
) -> None:
    assert model.threshold_for(sentences) == threshold


def test_without_trees_the_base_decides(tmp_path: Path) -> None:
    nothing: dict[str, Any] = {name: [] for name in TREES} | {
        "base": 0.0,
        "threshold": 0.5,
        "long_threshold": 0.5,
        "unaided": [1.0, 0.0],
    }
    (tmp_path / "decision.json").write_text(json.dumps(nothing))
    assert load_decision_model("decision", tmp_path).probabilities([{"firm": 1.0}, {}]) == [0.5, 0.5]


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        json.dumps({name: value for name, value in TREES.items() if name != "roots"}),
        json.dumps({**TREES, "value": "many"}),
        json.dumps({**TREES, "threshold": None}),
        json.dumps({**TREES, "unaided": 0.5}),
    ],
)
def test_a_file_that_is_no_model_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "decision.json").write_text(content)
    with pytest.raises(KnowledgeError, match=r"decision\.json.*train_decision"):
        load_decision_model("decision", tmp_path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"decision\.json"):
        load_decision_model("decision", tmp_path)
