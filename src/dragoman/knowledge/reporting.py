"""Reporting words: which word, in which frame, tells that somebody says, thinks or wants something."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml

if TYPE_CHECKING:
    from pathlib import Path

# A rate counted on few cases is drawn toward that of its class or frame, as if it were this many cases.
_PRIOR_CASES = 4.0
# The rate of a word of a class in a frame, when the word itself was never counted.
_CLASS_RATE = {
    ("say", "ccomp"): 0.85, ("say", "quote"): 0.92, ("say", "around"): 0.9, ("say", "noun-that"): 0.7,
    ("deny", "ccomp"): 0.8, ("think", "ccomp"): 0.7, ("want", "ccomp"): 0.6, ("want", "xcomp"): 0.35,
    ("fear", "ccomp"): 0.8, ("ask", "ccomp"): 0.7, ("ask", "quote"): 0.9, ("praise", "dobj"): 0.45,
    ("deny", "dobj"): 0.45, ("think", "quote"): 0.8, ("ask", "xcomp"): 0.45,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportingCues:
    """Classes of reporting words, and how often each was a cue in each frame."""

    class_of: dict[str, str]
    counts: dict[tuple[str, str], tuple[int, int]]
    weights: dict[str, float]

    def chance(self, features: list[str]) -> float:
        """Return the learned chance that a place with these features is an attribution, from 0 to 1."""
        total = sum(self.weights.get(name, 0.0) for name in features) + self.weights.get("*", 0.0)
        return 1.0 / (1.0 + math.exp(-total))

    def rate(self, lemma: str, frame: str) -> float:
        """Return the chance that a word in a frame is the cue of an attribution, from 0 to 1."""
        hits, seen = self.counts.get((lemma, frame), (0, 0))
        all_hits, all_seen = self.counts.get(("*", frame), (0, 1))
        known = self.class_of.get(lemma)
        prior = _CLASS_RATE.get((known or "", frame))
        if prior is None:
            prior = all_hits / max(all_seen, 1)
            if known is None and frame == "ccomp":
                prior *= 0.6
        return (hits + prior * _PRIOR_CASES) / (seen + _PRIOR_CASES)


def load_reporting(folder: Path | None = None) -> ReportingCues:
    """Load the reporting words and their counts.

    Raises:
        KnowledgeError: A file is missing or wrong.
    """
    folder = folder or data_folder() / "lexicon" / "en"
    content, lines = load_yaml(folder / "reporting.yaml")
    class_of: dict[str, str] = {}
    for name, words in (content or {}).items():
        if not isinstance(words, list):
            raise KnowledgeError(where=lines.name, message=f"{name} is not a list of words")
        for word in words:
            class_of.setdefault(word, name)
    return ReportingCues(
        class_of=class_of,
        counts=_load_counts(folder / "cues.tsv"),
        weights=_load_weights(folder / "attribution_weights.tsv"),
    )


def _load_counts(path: Path) -> dict[tuple[str, str], tuple[int, int]]:
    counts = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 4 or not (cells[2].isdigit() and cells[3].isdigit()):
            raise KnowledgeError(
                where=f"{path.name}:{number}", message="write lemma, frame, hits, seen, by tabs"
            )
        counts[cells[0], cells[1]] = (int(cells[2]), int(cells[3]))
    return counts


def _load_weights(path: Path) -> dict[str, float]:
    weights: dict[str, float] = {}
    if not path.exists():
        return weights
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        name, tab, weight = line.rpartition("\t")
        if not tab:
            raise KnowledgeError(where=f"{path.name}:{number}", message="write feature and weight, by a tab")
        weights[name] = float(weight)
    return weights
