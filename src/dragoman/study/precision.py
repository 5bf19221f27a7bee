"""Precision and recall from a judged sample, weighted back to the record, with Wilson intervals."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import MissingExtraError, UsageError
from dragoman.study.agreement import RESAMPLES
from dragoman.study.columns import PARTLY, RIGHT, VERDICTS
from dragoman.study.sampling import confidence_band

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_CONFIDENCE = 0.95
Row = dict[str, Any]


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """A share with its interval.

    Attributes:
        by: Grouping of the rows: "all", "event_type", "quad_class", "confidence", "field".
        group: The group.
        n: Number of judged rows.
        share: The estimate, weighted back to the record, 0 to 1.
        low: Lower end of the 95 % Wilson interval.
        high: Upper end.
    """

    by: str
    group: str
    n: int
    share: float
    low: float
    high: float


def score_events(rows: Sequence[Mapping[str, str]], *, partly_counts: bool = False) -> list[Estimate]:
    """Return the precision of a judged sample: overall, by type, class and confidence band, and by field.

    Rows are weighted by the number of events of the record that each represents. Intervals are Wilson's, for
    Kish's effective sample size.

    Args:
        rows: A filled sheet of `draw_events`.
        partly_counts: Whether "partly" counts as right.

    Raises:
        UsageError: No row is judged, or a judgement is not one of the values.
        MissingExtraError: statsmodels is not installed.
    """
    judged = []
    for row in rows:
        verdict = row.get("judged_event", "").strip().casefold()
        if not verdict:
            continue
        if verdict not in VERDICTS:
            message = f"row {row['sample_id']}: judged_event {verdict!r}: use {', '.join(VERDICTS)}"
            raise UsageError(message=message)
        is_right = verdict == RIGHT or (partly_counts and verdict == PARTLY)
        judged.append((row, is_right, _weight(row)))
    if not judged:
        raise UsageError(message="no row is judged; fill in judged_event with right, partly or wrong")
    groups: list[tuple[str, Callable[[Mapping[str, str]], str]]] = [
        ("all", lambda row: "all"),
        ("event_type", lambda row: row["event_type"]),
        ("quad_class", lambda row: row["quad_class"]),
        ("confidence", lambda row: confidence_band(float(row["confidence"]))),
    ]
    found = []
    for by, name_of in groups:
        for name in sorted({name_of(row) for row, _, _ in judged}):
            chosen = [(right, weight) for row, right, weight in judged if name_of(row) == name]
            found.append(estimate(by, name, chosen))
    return found + _fields(rows)


def _fields(rows: Sequence[Mapping[str, str]]) -> list[Estimate]:
    """Return the share of rows in which each field is right, of those where it is judged right or wrong."""
    found = []
    for name in (key for key in (rows[0] if rows else {}) if key.startswith("judged_")):
        marks = [(row[name].strip().casefold(), _weight(row)) for row in rows]
        chosen = [(mark == RIGHT, weight) for mark, weight in marks if mark in (RIGHT, "wrong")]
        if chosen and name != "judged_event":
            found.append(estimate("field", name.removeprefix("judged_"), chosen))
    return found


def score_sentences(rows: Sequence[Mapping[str, str]], *, seed: int = 0) -> list[Estimate]:
    """Return recall and precision of a judged sample of sentences, with bootstrap intervals over sentences.

    Args:
        rows: A filled sheet of `draw_sentences`.
        seed: Seed of the bootstrap.

    Raises:
        UsageError: No row is judged, or a number is invalid.
    """
    counts = []
    for row in rows:
        if not row.get("missed_events", "").strip():
            continue
        coded = int(row.get("coded_events") or 0)
        right = _number(row, "right_events", default=coded)
        counts.append((right, _number(row, "missed_events", default=0), max(coded, right)))
    if not counts:
        raise UsageError(message="no sentence is judged; fill in right_events and missed_events")

    def recall(drawn: Iterable[tuple[int, int, int]]) -> float | None:
        right, missed = map(sum, zip(*((r, m) for r, m, _ in drawn), strict=True))
        return right / (right + missed) if right + missed else None

    def precision(drawn: Iterable[tuple[int, int, int]]) -> float | None:
        right, coded = map(sum, zip(*((r, c) for r, _, c in drawn), strict=True))
        return right / coded if coded else None

    dice = random.Random(seed)  # noqa: S311 - a bootstrap, nothing secret
    resamples = [dice.choices(counts, k=len(counts)) for _ in range(RESAMPLES)]
    found = []
    for name, measure in (("recall", recall), ("precision", precision)):
        value = measure(counts)
        if value is not None:
            drawn = sorted(v for v in map(measure, resamples) if v is not None)
            low, high = drawn[int(0.025 * len(drawn))], drawn[int(0.975 * (len(drawn) - 1))]
            found.append(
                Estimate(by="sentences", group=name, n=len(counts), share=round(value, 4),
                         low=round(low, 4), high=round(high, 4))
            )  # fmt: skip
    return found


def estimate(by: str, group: str, chosen: Sequence[tuple[bool, float]]) -> Estimate:
    """Return the weighted share of True with its Wilson interval.

    Raises:
        MissingExtraError: The package for it is not installed.
    """
    try:
        from statsmodels.stats.proportion import proportion_confint
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="statsmodels", extra="study", what="intervals") from error
    total = sum(weight for _, weight in chosen)
    share = sum(weight for right, weight in chosen if right) / total
    effective = total**2 / sum(weight**2 for _, weight in chosen)
    low, high = proportion_confint(share * effective, effective, alpha=1 - _CONFIDENCE, method="wilson")
    return Estimate(
        by=by, group=group, n=len(chosen), share=round(share, 4), low=round(float(low), 4),
        high=round(float(high), 4),
    )  # fmt: skip


def _weight(row: Mapping[str, str]) -> float:
    """Return the number of events of the record that a drawn one represents."""
    try:
        return float(row["stratum_events"]) / float(row["stratum_drawn"])
    except (KeyError, ValueError, ZeroDivisionError):
        message = f"row {row.get('sample_id')}: stratum_events and stratum_drawn must be as they were drawn"
        raise UsageError(message=message) from None


def _number(row: Mapping[str, str], name: str, *, default: int) -> int:
    value = row.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit():
        raise UsageError(message=f"row {row.get('sample_id')}: {name} {value!r} is not a number")
    return int(value)
