"""The weights of the log-linear reader, loaded from one file, and sums over the rows of features."""

from __future__ import annotations

import itertools
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = "reader_linear.npz"
TABLES = ("type", "role", "firm")


def number_of(feature: str) -> int:
    """Return the number of a feature in the file; the same on every machine (CRC-32)."""
    return zlib.crc32(feature.encode())


def word_number(lemma: str, word_class: str) -> int:
    """Return the number of a lemma and its word class in the file."""
    return number_of(f"{lemma} {word_class}")


@dataclass(frozen=True, slots=True)
class LinearTable:
    """Weights of one log-linear model: (rows, outputs) and a bias for each output.

    `row_of` gives the row of each known feature, by number. Row 0 is unassigned and all zero.
    """

    row_of: Mapping[int, int]
    weights: Floats
    bias: Floats

    def rows(self, features: Iterable[str]) -> list[int]:
        """Return the rows of the known features; never an empty list."""
        # Maps and filters only, for speed: this runs a hundred times per sentence.
        numbers = map(zlib.crc32, map(str.encode, features))
        return [0, *filter(None, map(self.row_of.get, numbers))]

    def sums(self, cases: Sequence[Sequence[int]]) -> Floats:
        """Return the sum of the weights of each case's rows, without bias: (cases, outputs)."""
        if not cases:
            return np.zeros((0, self.weights.shape[1]), dtype=np.float32)
        starts = np.cumsum([0, *(len(rows) for rows in cases[:-1])])
        flat = np.fromiter(itertools.chain.from_iterable(cases), dtype=np.intp)
        sums: Floats = np.add.reduceat(self.weights[flat], starts, axis=0)
        return sums


@dataclass(frozen=True, slots=True)
class LinearModel:
    """The tables of the reader.

    `triggers` are the words that were triggers often enough to be read, `others` those that were frequent and
    never triggers: they are read only if a rule of the codebook holds, not if one merely names them.
    """

    type: LinearTable
    role: LinearTable
    firm: LinearTable
    triggers: frozenset[int]
    others: frozenset[int]


def load_linear_model(folder: Path | None = None) -> LinearModel:
    """Load the bundled model, or the one in another folder.

    Raises:
        KnowledgeError: The file is missing or not a valid model.
    """
    path = (folder or data_folder() / "models") / FILE
    try:
        with np.load(path, allow_pickle=False) as stored:
            tables = {name: _table(stored, name) for name in TABLES}
            triggers, others = (frozenset(stored[name].tolist()) for name in ("triggers", "others"))
    except (OSError, KeyError, ValueError, IndexError) as error:
        message = f"cannot be used ({error}); write it with scripts/train_linear_reader.py"
        raise KnowledgeError(where=str(path), message=message) from error
    return LinearModel(**tables, triggers=triggers, others=others)


def _table(stored: Mapping[str, NDArray[np.float32]], name: str) -> LinearTable:
    """Expand the non-zero weights into a table; rows are counted from 0 in the file."""
    numbers, bias = stored[f"{name}_features"].tolist(), stored[f"{name}_bias"].astype(np.float32)
    weights = np.zeros((len(numbers) + 1, len(bias)), dtype=np.float32)
    rows, columns = stored[f"{name}_rows"], stored[f"{name}_columns"]
    weights[rows.astype(np.intp) + 1, columns] = stored[f"{name}_values"].astype(np.float32)
    return LinearTable({number: row for row, number in enumerate(numbers, start=1)}, weights, bias)
