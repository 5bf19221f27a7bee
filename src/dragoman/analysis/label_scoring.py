"""Scores of labels: the country and sector of a phrase, and the stories that articles are grouped into."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.figures import share

if TYPE_CHECKING:
    from collections.abc import Mapping

Labels = str | None | list[str | None]


class ActorGold(msgspec.Struct):
    """What a phrase should be resolved to: for each field one label or any of several."""

    expect: dict[str, Labels]


class ActorScores:
    """The share of fields that are right, overall and for each field."""

    gold = ActorGold

    def __init__(self) -> None:
        self._texts = 0
        self._right: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()

    def add(self, gold: ActorGold, said: Mapping[str, Any]) -> None:
        """Score one more phrase."""
        self._texts += 1
        for name, wanted in gold.expect.items():
            allowed = wanted if isinstance(wanted, list) else [wanted]
            self._asked[name] += 1
            # A phrase that could not be parsed is wrong even if no label is expected.
            self._right[name] += name in said and (said[name] or "") in [label or "" for label in allowed]

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        fields = {name: share(self._right[name], asked) for name, asked in sorted(self._asked.items())}
        return {"n": self._texts, "accuracy": share(self._right.total(), self._asked.total()), **fields}


class StoryGold(msgspec.Struct):
    """The story of an article."""

    story: str | int


class StoryScores:
    """B-cubed precision, recall and F1 of a grouping; an article without a story is its own group."""

    gold = StoryGold

    def __init__(self) -> None:
        self._true: list[str | int] = []
        self._said: list[object] = []

    def add(self, gold: StoryGold, said: Mapping[str, Any]) -> None:
        """Score one more article."""
        self._true.append(gold.story)
        self._said.append(said.get("story", ("alone", len(self._true))))

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        if not self._true:
            return {"n": 0, "stories": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0}
        of_true, of_said = _members(self._true), _members(self._said)
        shared = [
            (len(of_true[true] & of_said[said]), len(of_true[true]), len(of_said[said]))
            for true, said in zip(self._true, self._said, strict=True)
        ]
        precision = sum(both / group for both, _, group in shared) / len(shared)
        recall = sum(both / story for both, story, _ in shared) / len(shared)
        return {
            "n": len(shared),
            "stories": len(of_true),
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / (precision + recall), 4),
        }


def _members(labels: list[Any]) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = defaultdict(set)
    for number, label in enumerate(labels):
        found[label].add(number)
    return found
