"""Decision model: a calibrated probability that a careful coder would record a proposal.

Boosted trees, trained by scripts/train_decision.py and loaded here as plain numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from dragoman.coding.decision.features import is_long, is_unaided
from dragoman.coding.reading.probabilities import chance_of
from dragoman.errors import KnowledgeError
from dragoman.knowledge.boosted_trees import BoostedTrees
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """Boosted trees over named numeric features.

    `threshold` is the default minimum probability of events kept in short texts, `long_threshold` that in
    long ones: where F1 was best in the folds. `unaided` (slope, shift) corrects the log-odds of what the
    reader alone found in a long text.
    """

    names: tuple[str, ...]
    trees: BoostedTrees
    threshold: float
    long_threshold: float
    unaided: tuple[float, float] = (1.0, 0.0)

    def threshold_for(self, sentences: int) -> float:
        """Return the default threshold for a text of a given number of sentences."""
        return self.long_threshold if is_long(sentences) else self.threshold

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability of one proposal; a missing feature counts as zero."""
        return self.probabilities([features])[0]

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the probability of each proposal, evaluating all trees at once."""
        if not rows:
            return []
        given = np.array([[row.get(name, 0.0) for name in self.names] for row in rows], dtype=np.float32)
        totals = self.trees.log_odds(given)
        slope, shift = self.unaided
        odds = [slope * t + shift if is_unaided(r) else t for t, r in zip(totals, rows, strict=True)]
        return [chance_of(each) for each in odds]


def load_decision_model(name: str, folder: Path | None = None) -> DecisionModel:
    """Load a decision model from the package, or one of the same name from a folder.

    Raises:
        KnowledgeError: The file is missing or not as the training script writes it.
    """
    path = (folder or data_folder() / "models") / f"{name}.json"
    try:
        content: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        return DecisionModel(
            names=tuple(content["names"]),
            trees=BoostedTrees.from_content(content),
            threshold=float(content["threshold"]),
            long_threshold=float(content["long_threshold"]),
            unaided=(float(content["unaided"][0]), float(content["unaided"][1])),
        )
    except (OSError, KeyError, TypeError, ValueError, msgspec.DecodeError) as error:
        message = f"cannot be used ({error}); write it with scripts/train_decision.py"
        raise KnowledgeError(where=path.name, message=message) from error
