"""Conversion between scores and probabilities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Probabilities are clipped to this distance from 0 and 1 before their log-odds are computed.
LEAST = 1e-4


def softmax(scores: Floats) -> Floats:
    """Return scores as probabilities that sum to one along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = (powers / powers.sum(axis=-1, keepdims=True)).astype(np.float32)
    return result


def sigmoid(scores: Floats) -> Floats:
    """Return each score as an independent probability."""
    result: Floats = (1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))).astype(np.float32)
    return result


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability; finite for 0 and 1."""
    kept = min(max(chance, LEAST), 1.0 - LEAST)
    return math.log(kept / (1.0 - kept))


def chance_of(odds: float) -> float:
    """Return the probability for given log-odds."""
    return 1.0 / (1.0 + math.exp(-odds))
