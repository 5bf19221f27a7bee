"""Scores of answers to an evaluation task against the gold fields of their lines, if present.

A line without a real prediction is scored as an empty prediction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from dragoman.analysis.event_report import EventReport
from dragoman.analysis.event_scoring import Annotation
from dragoman.analysis.label_scoring import ActorScores, StoryScores
from dragoman.analysis.link_scoring import LinkScores
from dragoman.analysis.relation_scoring import CameoScores, RelationScores, TupleScores
from dragoman.analysis.span_scoring import AttributionScores, FactualityScores
from dragoman.errors import DocumentError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.article_titles import load_article_titles
from dragoman.knowledge.cameo import load_cameo_types
from dragoman.running.gold_lines import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dragoman.running.evaluation import Answer
    from dragoman.running.gold_lines import GoldLine


class Scoring(Protocol):
    """The scores of a task over the lines of a file."""

    def add(self, answer: Answer) -> str | None:
        """Score one more answer; return the error in its gold fields, None if there is none."""
        ...

    def figures(self) -> dict[str, Any]:
        """Return all figures as plain objects; none if no line has gold fields."""
        ...


class TaskScores(Protocol):
    """The common interface of the scores in `dragoman.analysis`."""

    @property
    def gold(self) -> type[Any]:
        """The shape of the gold fields."""
        ...

    def add(self, gold: Any, said: Mapping[str, Any]) -> None:
        """Score one more case."""
        ...

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        ...


_SCORES: dict[str, Callable[[], TaskScores]] = {
    "relations": RelationScores,
    "tuples": TupleScores,
    "cameo": lambda: CameoScores(load_cameo_types()),
    "attribution": AttributionScores,
    "factuality": FactualityScores,
    "actors": ActorScores,
    "links": lambda: LinkScores(load_article_titles(load_actors()).actor),
    "stories": StoryScores,
}


def scoring_of(task: str, *, blind_from: int | None = None, is_detailed: bool = False) -> Scoring:
    """Return the scoring of a task.

    Args:
        task: One of `dragoman.running.evaluation.TASKS`.
        blind_from: For events: score texts published on or after this day of a month separately.
        is_detailed: For events: list missed and wrong events, except in blind texts.
    """
    if task == "events":
        return EventScoring(blind_from=blind_from, is_detailed=is_detailed)
    return TaskScoring(_SCORES[task]())


class TaskScoring:
    """The scores of a task whose predictions are plain objects."""

    def __init__(self, scores: TaskScores) -> None:
        self._scores = scores
        self._count = 0
        fields = msgspec.structs.fields(scores.gold)
        self._needed = [field.encode_name for field in fields if field.required]

    def add(self, answer: Answer) -> str | None:
        """Score one more answer; a line without gold fields is ignored."""
        if any(name not in answer.line.row for name in self._needed):
            return None
        try:
            gold = msgspec.convert(answer.line.row, self._scores.gold)
        except msgspec.ValidationError as error:
            return str(error)
        said = answer.prediction if isinstance(answer.prediction, dict) else {}
        self._scores.add(gold, said)
        self._count += 1
        return None

    def figures(self) -> dict[str, Any]:
        """Return all figures; none if no line has gold fields."""
        return self._scores.figures() if self._count else {}


class _GoldEvents(msgspec.Struct):
    events: list[Annotation]
    optional: list[Annotation] = []
    heading: str | None = None


class EventScoring:
    """The scores of coded events, with blind texts separate.

    Args:
        blind_from: The first day of a month whose texts are blind; None for no blind texts.
        is_detailed: Collect the errors of texts that are not blind.
    """

    def __init__(self, *, blind_from: int | None = None, is_detailed: bool = False) -> None:
        self._blind_from = blind_from
        self._is_detailed = is_detailed
        self._open = EventReport()
        self._blind = EventReport()

    def add(self, answer: Answer) -> str | None:
        """Score one more text."""
        line = answer.line
        if not line.row:
            return None
        try:
            gold = msgspec.convert(line.row, _GoldEvents)
        except msgspec.ValidationError as error:
            return str(error)
        is_blind = self._is_blind(line)
        report = self._blind if is_blind else self._open
        report.add(
            line.id or line.where, gold.heading, gold.events, gold.optional, answer.events,
            is_listed=self._is_detailed and not is_blind,
        )  # fmt: skip
        return None

    def _is_blind(self, line: GoldLine) -> bool:
        if self._blind_from is None:
            return False
        try:
            day = day_of(line)
        except DocumentError:
            # Errors in a text that may be blind are not shown.
            return True
        return day is not None and day.day >= self._blind_from

    def figures(self) -> dict[str, Any]:
        """Return all figures, separately for texts before the first blind day and from it on."""
        if self._blind_from is None:
            return self._open.figures()
        return {
            f"before_{self._blind_from}": self._open.figures(),
            f"from_{self._blind_from}": self._blind.figures(),
        }

    @property
    def detail(self) -> list[str]:
        """One line for each error in texts that are not blind."""
        return self._open.detail
