"""Trees over yes-no features: the sum of their leaves, bunched at the ends."""

from __future__ import annotations

import json

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.modality_score import load_trees

CONTENT = {
    "base": 0.5,
    "high": 2.0,
    "low": -1.0,
    "features": ["negation", "modal"],
    "trees": [
        {"feature": [0, -1, -1], "no": [1, 0, 0], "yes": [2, 0, 0], "value": [0.0, 1.0, -1.0]},
        {"feature": [1, -1, -1], "no": [1, 0, 0], "yes": [2, 0, 0], "value": [0.0, 0.5, -0.5]},
    ],
}


@pytest.mark.parametrize(
    ("features", "score"),
    [(set(), 3.0), ({"modal"}, 1.0), ({"negation"}, 0.0), ({"negation", "modal"}, -3.0), ({"unknown"}, 3.0)],
)
def test_the_score_of_a_reading(tmp_path, features, score):
    path = tmp_path / "trees.json"
    path.write_text(json.dumps(CONTENT), "utf-8")
    assert load_trees(path).score(features) == score


@pytest.mark.parametrize("text", ["{", "[]", "{}", json.dumps({**CONTENT, "trees": [{}]})])
def test_a_faulty_file_is_refused(tmp_path, text):
    path = tmp_path / "trees.json"
    path.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=r"trees\.json"):
        load_trees(path)
    with pytest.raises(KnowledgeError, match="cannot be used"):
        load_trees(tmp_path / "none.json")
