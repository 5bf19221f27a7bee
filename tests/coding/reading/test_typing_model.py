"""The typing model: hashed features, a softmax, and a file that is refused when it is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.coding.reading.typing_model import ROWS, TypingModel, load_typing_model, rows_of
from dragoman.errors import KnowledgeError


@pytest.fixture
def model() -> TypingModel:
    weights = np.zeros((ROWS, 2), dtype=np.float32)
    weights[rows_of(["w:attack"]), 0] = 4
    weights[rows_of(["w:help"]), 1] = 4
    return TypingModel(("ASSAULT", "AID"), weights, np.zeros(2, dtype=np.float32))


CHANCES = [
    (["w:attack"], "ASSAULT"),
    (["w:help"], "AID"),
    (["w:attack", "w:attack", "w:x"], "ASSAULT"),
    (["w:help", "w:x", "w:y"], "AID"),
]


@pytest.mark.parametrize(("features", "best"), CHANCES)
def test_the_likeliest_type(model, features, best):
    chances = model.probabilities(features)
    assert max(chances, key=lambda name: chances[name]) == best
    assert sum(chances.values()) == pytest.approx(1)


@pytest.mark.parametrize("features", [[], ["w:x"], ["w:attack", "w:help"]])
def test_what_says_nothing_leaves_it_open(model, features):
    assert model.probabilities(features) == pytest.approx({"ASSAULT": 0.5, "AID": 0.5})


def test_a_feature_has_one_row_everywhere():
    assert rows_of(["w:attack"]) == [12644]
    assert rows_of(["b", "a"]) == rows_of(["a", "b", "a"])
    assert rows_of([]) == []


def test_a_model_is_read_from_its_file(tmp_path: Path):
    np.savez(
        tmp_path / "m.npz", rows=np.array(rows_of(["w:attack"])), columns=np.array([1]),
        values=np.array([3.0]), types=np.array(["AID", "ASSAULT"]), bias=np.zeros(2),
    )  # fmt: skip
    model = load_typing_model(tmp_path / "m.npz")
    assert model.types == ("AID", "ASSAULT")
    assert model.probabilities(["w:attack"])["ASSAULT"] > 0.9


EMPTY = pytest.mark.xfail(reason="an empty file ends in an EOFError of numpy", raises=EOFError)


@pytest.mark.parametrize("content", [None, b"nothing of the kind", pytest.param(b"", marks=EMPTY)])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes | None):
    path = tmp_path / "m.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnowledgeError, match="not a typing model"):
        load_typing_model(path)


def test_a_model_without_types_is_refused(tmp_path: Path):
    np.savez(tmp_path / "m.npz", rows=np.array([1]))
    with pytest.raises(KnowledgeError):
        load_typing_model(tmp_path / "m.npz")
