"""From scores to probabilities and back."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.coding.reading.probabilities import LEAST, chance_of, log_odds, sigmoid, softmax


def test_softmax_sums_to_one_and_keeps_the_order():
    chances = softmax(np.array([[1.0, 2.0, 3.0], [1000.0, 0.0, 0.0]], dtype=np.float32))
    assert chances.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    assert chances[0].tolist() == pytest.approx([0.0900, 0.2447, 0.6652], abs=1e-4)
    assert chances[1].tolist() == [1.0, 0.0, 0.0]


def test_sigmoid():
    assert sigmoid(np.array([0.0, 2.0, -2.0, 1e6], dtype=np.float32)).tolist() == pytest.approx(
        [0.5, 0.8808, 0.1192, 1.0], abs=1e-4
    )


@pytest.mark.parametrize("chance", [0.001, 0.25, 0.5, 0.9])
def test_log_odds_and_back(chance):
    assert chance_of(log_odds(chance)) == pytest.approx(chance)


def test_certainty_has_finite_log_odds():
    assert chance_of(log_odds(0.0)) == pytest.approx(LEAST)
    assert chance_of(log_odds(1.0)) == pytest.approx(1.0 - LEAST)
    assert log_odds(0.5) == 0.0
