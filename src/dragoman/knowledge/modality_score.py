"""Trees for the factuality score of a predicate, trained on annotators' scores, as plain numbers.

They are trained by `scripts/train_factuality.py` and evaluated without a machine learning library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import KnowledgeError

if TYPE_CHECKING:
    from pathlib import Path

SCORE_FILE = "modality_score.json"


@dataclass(frozen=True, slots=True)
class ScoreTrees:
    """Boosted trees over binary features. A node is (feature, no, yes); leaves have feature -1."""

    base: float
    high: float
    low: float
    index: dict[str, int]
    trees: tuple[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[float, ...]], ...]

    def score(self, features: set[str]) -> float:
        """Return the score, between -3 and +3, of a reading with these features.

        Annotators' scores cluster at the extremes: from `high` up a score is 3, from `low` down -3.
        """
        known = {self.index[name] for name in features if name in self.index}
        total = self.base
        for feature, left, right, value in self.trees:
            node = 0
            while (tested := feature[node]) >= 0:
                node = right[node] if tested in known else left[node]
            total += value[node]
        if total >= self.high:
            return 3.0
        return round(total, 2) if total > self.low else -3.0


def load_trees(path: Path) -> ScoreTrees:
    """Load the trees.

    Raises:
        KnowledgeError: The file is missing or not in the training script's format.
    """
    try:
        content: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        return ScoreTrees(
            base=content["base"],
            high=content["high"],
            low=content["low"],
            index={name: number for number, name in enumerate(content["features"])},
            trees=tuple(
                (tuple(t["feature"]), tuple(t["no"]), tuple(t["yes"]), tuple(t["value"]))
                for t in content["trees"]
            ),
        )
    except (OSError, KeyError, TypeError, msgspec.DecodeError) as error:
        message = f"cannot be used ({error}); write it anew with scripts/train_factuality.py"
        raise KnowledgeError(where=path.name, message=message) from error
