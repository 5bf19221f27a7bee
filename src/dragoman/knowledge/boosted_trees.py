"""Boosted trees as plain numbers, written by a training script and evaluated by a model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """Boosted trees over numbered features. A node is (feature, limit, low, high); leaves have feature -1."""

    base: float
    feature: NDArray[np.int32]
    limit: NDArray[np.float32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Return the trees of a decoded file.

        Raises:
            KeyError: A list is missing.
            TypeError, ValueError: A list contains something other than numbers.
        """
        return cls(
            base=float(content["base"]),
            feature=np.array(content["feature"], dtype=np.int32),
            limit=np.array(content["limit"], dtype=np.float32),
            low=np.array(content["low"], dtype=np.int32),
            high=np.array(content["high"], dtype=np.int32),
            value=np.array(content["value"], dtype=np.float32),
            roots=np.array(content["roots"], dtype=np.int32),
        )

    def log_odds(self, rows: NDArray[np.float32]) -> list[float]:
        """Return the sum of the leaves of each row, evaluating all trees at once."""
        nodes = np.repeat(self.roots[None, :], len(rows), axis=0)
        which = np.arange(len(rows))[:, None]
        while True:
            tested = self.feature[nodes]
            inner = tested >= 0
            if not inner.any():
                break
            goes_low = rows[which, np.maximum(tested, 0)] <= self.limit[nodes]
            nodes = np.where(inner, np.where(goes_low, self.low[nodes], self.high[nodes]), nodes)
        totals: list[float] = (self.base + self.value[nodes].sum(axis=1)).tolist()
        return totals

    def chances(self, rows: NDArray[np.float32]) -> list[float]:
        """Return the probability of each row."""
        return [1.0 / (1.0 + math.exp(-odds)) for odds in self.log_odds(rows)]
