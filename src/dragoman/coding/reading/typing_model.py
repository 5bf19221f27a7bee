"""The typing model, which chooses a type when no rule decides: one matrix, loaded from a file.

Features are hashed into a fixed number of rows, so the file contains only numbers, no words. It was trained
by scripts/train_typing.py; its training data is described in src/dragoman/data/models/typing.md.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

ROWS = 1 << 16


def rows_of(features: Iterable[str]) -> list[int]:
    """Return the row of each feature; the same on every machine (CRC-32, not Python's hash)."""
    return sorted({zlib.crc32(feature.encode()) % ROWS for feature in features})


@dataclass(frozen=True, slots=True)
class TypingModel:
    """Weights of a softmax regression: (rows, types) and one bias per type."""

    types: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each type."""
        rows = rows_of(features)
        scale = 1.0 / np.sqrt(max(len(rows), 1))
        scores = self.weights[rows].sum(axis=0) * scale + self.bias
        powers = np.exp(scores - scores.max())
        return dict(zip(self.types, (powers / powers.sum()).tolist(), strict=True))


def load_typing_model(path: Path | None = None) -> TypingModel:
    """Load the bundled model, or one of your own.

    Raises:
        KnowledgeError: The file is missing or not a valid model.
    """
    path = path or data_folder() / "models" / "typing.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            rows, columns, values = stored["rows"], stored["columns"], stored["values"]
            types = tuple(str(name) for name in stored["types"])
            weights = np.zeros((ROWS, len(types)), dtype=np.float32)
            weights[rows, columns] = values.astype(np.float32)
            return TypingModel(types, weights, stored["bias"].astype(np.float32))
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(where=str(path), message=f"not a typing model: {error}") from error
