"""Scores of spans of a text: attributions, and the factuality of predicates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.figures import precision_recall_f1, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Spans = list[tuple[int, int]]
# Default for a predicate without a score: the text asserts it as a fact.
_HAPPENED = 3.0


class AttributionSpans(msgspec.Struct):
    """Speaker, cue and content of one attribution, each of any number of spans."""

    speaker: Spans
    content: Spans


class AttributionGold(msgspec.Struct):
    """The attributions of a text."""

    attributions: list[AttributionSpans]


class AttributionScores:
    """F1 of attributions: found if contents share half of their characters, right if speakers overlap."""

    gold = AttributionGold

    def __init__(self) -> None:
        self._texts = self._true = self._said = self._found = self._with_speaker = 0

    def add(self, gold: AttributionGold, said: Mapping[str, Any]) -> None:
        """Score one more text."""
        given = msgspec.convert(said.get("attributions", ()), list[AttributionSpans])
        self._texts += 1
        self._true += len(gold.attributions)
        self._said += len(given)
        free = [(_characters(one.content), _characters(one.speaker)) for one in given]
        for true in gold.attributions:
            content, speaker = _characters(true.content), _characters(true.speaker)
            best = max(free, key=lambda one: _overlap(content, one[0]), default=None)
            if best is None or _overlap(content, best[0]) < 0.5:
                continue
            free.remove(best)
            self._found += 1
            self._with_speaker += bool(speaker & best[1]) or not (speaker or best[1])

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        return {
            "n": self._texts,
            "attributions": self._true,
            "found": precision_recall_f1(hits=self._found, said=self._said, true=self._true),
            "speaker_accuracy_where_found": share(self._with_speaker, self._found),
            "found_with_speaker": precision_recall_f1(
                hits=self._with_speaker, said=self._said, true=self._true
            ),
        }


def _characters(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(place for start, end in spans for place in range(start, end))


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of characters in both of two sets, of those in either."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


class ScoredSpan(msgspec.Struct):
    """A predicate and its factuality, from -3 to +3; None if not annotated."""

    start: int
    end: int
    score: float | None = None


class FactualityGold(msgspec.Struct):
    """The predicates of a text; `id` begins with the name of its set and a hyphen."""

    id: str
    predicates: list[ScoredSpan]


class FactualityScores:
    """Mean absolute error and Pearson's r for each set; predicates without a score count as fact."""

    gold = FactualityGold

    def __init__(self) -> None:
        self._pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._unanswered: dict[str, int] = defaultdict(int)

    def add(self, gold: FactualityGold, said: Mapping[str, Any]) -> None:
        """Score one more text."""
        given = msgspec.convert(said.get("predicates", ()), list[ScoredSpan])
        name = gold.id.partition("-")[0]
        for true in gold.predicates:
            if true.score is None:
                continue
            near = [
                one.score
                for one in given
                if one.score is not None and one.start < true.end and true.start < one.end
            ]
            self._unanswered[name] += not near
            self._pairs[name].append((true.score, near[0] if near else _HAPPENED))

    def figures(self) -> dict[str, Any]:
        """Return the figures of each set."""
        return {
            name: {
                "n": len(pairs),
                "mae": round(sum(abs(true - said) for true, said in pairs) / len(pairs), 4),
                "r": round(_correlation(pairs), 4),
                "unanswered": self._unanswered[name],
            }
            for name, pairs in sorted(self._pairs.items())
        }


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Return Pearson's r; 0 if one side is constant."""
    from statistics import StatisticsError, correlation

    try:
        return correlation(*zip(*pairs, strict=True))
    except (StatisticsError, TypeError):
        return 0.0
