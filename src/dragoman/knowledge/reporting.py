"""Reporting words: which word, in which frame, tells that somebody says, thinks or wants something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.boosted_trees import BoostedTrees
from dragoman.knowledge.loading import data_folder, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

@dataclass(frozen=True, slots=True)
class ReportingCues:
    """Classes of reporting words, and what was learned of places where they may report.

    Attributes:
        class_of: The class of each reporting word.
        weights: What each feature of a place adds to its log-odds; `*` is the constant.
        trees: What the places around a place change of that.
    """

    class_of: dict[str, str]
    weights: dict[str, float]
    trees: BoostedTrees

    def may_report(self, lemma: str) -> bool:
        """Return True if a noun or adjective was seen to report more often than most."""
        return self.weights.get(f"lemma={lemma}", 0.0) > 0.0

    def log_odds(self, features: Iterable[str]) -> float:
        """Return the log-odds that a place with these features, taken alone, is an attribution."""
        weights = self.weights
        return weights["*"] + sum(weights.get(name, 0.0) for name in features)


def load_reporting(folder: Path | None = None) -> ReportingCues:
    """Load the reporting words, the weights and the trees.

    Raises:
        KnowledgeError: A file is missing or wrong.
    """
    folder = folder or data_folder() / "lexicon" / "en"
    return ReportingCues(
        class_of=load_classes(folder),
        weights=_load_weights(folder / "attribution_weights.tsv"),
        trees=_load_trees(folder / "attribution_trees.json"),
    )


def load_classes(folder: Path | None = None) -> dict[str, str]:
    """Return the class of each reporting word.

    Raises:
        KnowledgeError: The file is missing or wrong.
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


def _load_weights(path: Path) -> dict[str, float]:
    weights: dict[str, float] = {}
    if not path.exists():
        raise KnowledgeError(where=path.name, message="is missing; write it with scripts/learn_attribution.py")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        name, tab, weight = line.rpartition("\t")
        if not tab:
            raise KnowledgeError(where=f"{path.name}:{number}", message="write feature and weight, by a tab")
        weights[name] = float(weight)
    return weights


def _load_trees(path: Path) -> BoostedTrees:
    try:
        return BoostedTrees.from_content(msgspec.json.decode(path.read_bytes()))
    except (OSError, KeyError, TypeError, ValueError, msgspec.DecodeError) as error:
        message = f"cannot be used ({error}); write it with scripts/learn_attribution.py"
        raise KnowledgeError(where=path.name, message=message) from error
