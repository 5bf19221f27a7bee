"""Reporting words: words that, in a given frame, indicate that a speaker says, thinks or wants something."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.boosted_trees import BoostedTrees
from dragoman.knowledge.loading import data_folder, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Log-odds from few cases are shrunk toward the overall log-odds, as if there were this many more cases.
_PRIOR_CASES = 6.0
# Key in the counts for any lemma or any frame.
ANY = "*"


@dataclass(frozen=True, slots=True)
class CueCounts:
    """Number of times a lemma was a cue and was seen, in each frame and in any."""

    counts: dict[tuple[str, str], tuple[int, int]]

    def log_odds(self, lemma: str, frame: str = ANY) -> float:
        """Return the smoothed log-odds that a lemma in a frame is a cue."""
        all_hits, all_seen = self.counts.get((ANY, ANY), (0, 0))
        usual = (all_hits + 1) / (all_seen + 2)
        hits, seen = self.counts.get((lemma, frame), (0, 0))
        return math.log((hits + _PRIOR_CASES * usual) / (seen - hits + _PRIOR_CASES * (1 - usual)))


@dataclass(frozen=True, slots=True)
class ReportingCues:
    """Classes of reporting words, and the learned parameters of attribution detection.

    Attributes:
        class_of: The class of each reporting word.
        counts: Number of times each word was a cue.
        weights: Weight of each feature of a position in its log-odds; `*` is the intercept.
        trees: Trees that correct the log-odds from the surrounding positions.
    """

    class_of: dict[str, str]
    counts: CueCounts
    weights: dict[str, float]
    trees: BoostedTrees

    def may_report(self, lemma: str) -> bool:
        """Return True if a noun or adjective is listed, or reported more often than most in training."""
        return lemma in self.class_of or self.weights.get(f"lemma={lemma}", 0.0) > 0.0

    def log_odds(self, features: Iterable[str]) -> float:
        """Return the log-odds that a position with these features, taken alone, is an attribution."""
        weights = self.weights
        return weights["*"] + sum(weights.get(name, 0.0) for name in features)


def load_reporting(folder: Path | None = None) -> ReportingCues:
    """Load the reporting words, the weights and the trees.

    Raises:
        KnowledgeError: A file is missing or invalid.
    """
    folder = folder or data_folder() / "lexicon" / "en"
    return ReportingCues(
        class_of=load_classes(folder),
        counts=CueCounts(_load_counts(folder / "cues.tsv")),
        weights=_load_weights(folder / "attribution_weights.tsv"),
        trees=_load_trees(folder / "attribution_trees.json"),
    )


def load_classes(folder: Path | None = None) -> dict[str, str]:
    """Return the class of each reporting word.

    Raises:
        KnowledgeError: The file is missing or invalid.
    """
    folder = folder or data_folder() / "lexicon" / "en"
    content, lines = load_yaml(folder / "reporting.yaml")
    class_of: dict[str, str] = {}
    for name, words in (content or {}).items():
        if not isinstance(words, list):
            raise KnowledgeError(where=lines.name, message=f"{name} is not a list of words")
        for word in words:
            class_of.setdefault(word, name)
    return class_of


def _load_counts(path: Path) -> dict[tuple[str, str], tuple[int, int]]:
    counts = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 4 or not (cells[2].isdigit() and cells[3].isdigit()):
            raise KnowledgeError(
                where=f"{path.name}:{number}", message="write lemma, frame, hits and seen, separated by tabs"
            )
        counts[cells[0], cells[1]] = (int(cells[2]), int(cells[3]))
    return counts


def _lines(path: Path) -> list[str]:
    if not path.exists():
        raise KnowledgeError(
            where=path.name, message="is missing; write it with scripts/learn_attribution.py"
        )
    return path.read_text(encoding="utf-8").splitlines()


def _load_weights(path: Path) -> dict[str, float]:
    weights: dict[str, float] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line or line.startswith("#"):
            continue
        name, tab, weight = line.rpartition("\t")
        if not tab:
            raise KnowledgeError(
                where=f"{path.name}:{number}", message="write feature and weight, separated by a tab"
            )
        weights[name] = float(weight)
    return weights


def _load_trees(path: Path) -> BoostedTrees:
    try:
        return BoostedTrees.from_content(msgspec.json.decode(path.read_bytes()))
    except (OSError, KeyError, TypeError, ValueError, msgspec.DecodeError) as error:
        message = f"cannot be used ({error}); write it with scripts/learn_attribution.py"
        raise KnowledgeError(where=path.name, message=message) from error
