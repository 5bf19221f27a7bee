"""Fitting confidence to verdicts of reviewers, and measuring by cross-validation what that gains.

The fit is a logistic regression on the log-odds of the confidence, drawn toward leaving it as it is: a few
verdicts move it little.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from dragoman.coding.decision.calibration import FORMAT, Calibration, Line, ModelLines, log_odds
from dragoman.errors import UsageError
from dragoman.model.readings import EventReading, deciding_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record

# Fewer verdicts than these, or fewer of either kind, say too little.
FEWEST_VERDICTS = 100
FEWEST_OF_A_KIND = 15
FOLDS = 10
BINS = 10
# Strength of the prior: that many verdicts' worth of belief that confidence is right as it is.
_PRIOR = 1.0
_ROUNDS = 50
# An event whose type or parties were corrected was not right.
_DECISIVE = frozenset(("event_type", "actors", "recipients"))


class JudgedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event, its confidence, and what people and models said of it.

    Attributes:
        document_id: The report; events of one report are in one fold.
        confidence: As coded.
        is_right: What the deciding reading says.
        model_accepts: Whether a second reader has it too; None when none has read the report.
    """

    document_id: str
    confidence: float
    is_right: bool
    model_accepts: bool | None = None


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How good probabilities are.

    Attributes:
        calibration_error: Expected calibration error, ten bins of equal width.
        brier: Mean squared error.
    """

    calibration_error: float
    brier: float


class CalibrationReport(msgspec.Struct, frozen=True, kw_only=True):
    """A fitted calibration and what it gains on reports that it was not fitted to."""

    calibration: Calibration
    before: Quality
    after: Quality

    @property
    def improves(self) -> bool:
        """Return True if the calibrated probabilities are the better ones in cross-validation."""
        return self.after.brier < self.before.brier


def judged_events(record: Record, wanted: EventFilter | None = None) -> list[JudgedEvent]:
    """Return the events on which people gave verdicts, as far as a filter lets them through."""
    by_event: dict[str, list[EventReading]] = {}
    read_by_models: set[str] = set()
    for reading in record.readings():
        if reading.kind == "model":
            read_by_models.add(reading.document_id)
        if reading.event_id is not None:
            by_event.setdefault(reading.event_id, []).append(reading)
    found = []
    for stored in record.events(wanted):
        readings = by_event.get(stored.event.id, ())
        deciding = deciding_reading(readings)
        if deciding is None or deciding.verdict == "add":
            continue
        accepts = any(each.kind == "model" and each.verdict != "reject" for each in readings)
        found.append(
            JudgedEvent(
                document_id=stored.document_id,
                confidence=stored.event.confidence,
                is_right=deciding.verdict != "reject" and not _DECISIVE.intersection(deciding.changed),
                model_accepts=accepts if stored.document_id in read_by_models else None,
            )
        )
    return found


def calibrate(judged: Sequence[JudgedEvent]) -> CalibrationReport:
    """Fit a calibration.

    Raises:
        UsageError: There are too few verdicts, or they contradict the order of the confidence.
    """
    _refuse_few(judged)
    out_of_fold = np.empty(len(judged))
    fold = np.array([_fold_of(each.document_id) for each in judged])
    for number in range(FOLDS):
        inside = [each for each, part in zip(judged, fold, strict=True) if part != number]
        held_out = np.flatnonzero(fold == number)
        if held_out.size:
            fitted = _fit(inside)
            out_of_fold[held_out] = [_applied(fitted, judged[int(i)]) for i in held_out]
    right = np.array([each.is_right for each in judged], dtype=float)
    given = np.array([each.confidence for each in judged])
    line, models = _fit(judged)
    alone = Calibration(
        format=FORMAT,
        line=line,
        threshold=None,
        models=models,
        verdicts=len(judged),
        accepted=int(right.sum()),
    )
    if line.slope <= 0 or (models is not None and models.accepted.slope <= 0):
        message = (
            "events of high confidence were rejected more often than others: nothing can be fitted to that"
        )
        raise UsageError(message=message)
    calibrated = np.array([alone.confidence(each.confidence) for each in judged])
    return CalibrationReport(
        calibration=msgspec.structs.replace(alone, threshold=_best_threshold(calibrated, right)),
        before=quality_of(given, right),
        after=quality_of(out_of_fold, right),
    )


def quality_of(probabilities: NDArray[np.float64], right: NDArray[np.float64]) -> Quality:
    """Return how good probabilities are, given what was right (1) and wrong (0)."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    error = 0.0
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            error += inside.sum() * abs(probabilities[inside].mean() - right[inside].mean())
    return Quality(
        calibration_error=float(error / len(right)), brier=float(np.mean((probabilities - right) ** 2))
    )


def _refuse_few(judged: Sequence[JudgedEvent]) -> None:
    right = sum(each.is_right for each in judged)
    wrong = len(judged) - right
    if len(judged) >= FEWEST_VERDICTS and min(right, wrong) >= FEWEST_OF_A_KIND:
        return
    message = (
        f"{len(judged)} events were judged, {right} right and {wrong} wrong; a calibration needs"
        f" {FEWEST_VERDICTS}, of each kind {FEWEST_OF_A_KIND}: judge more with `dragoman review`"
    )
    raise UsageError(message=message)


def _fit(judged: Sequence[JudgedEvent]) -> tuple[Line, ModelLines | None]:
    right = np.array([each.is_right for each in judged], dtype=float)
    odds = np.array([log_odds(each.confidence) for each in judged])
    slope, shift = _logistic(np.column_stack([odds, np.ones(len(judged))]), right)
    line = Line(slope=slope, shift=shift)
    read = [i for i, each in enumerate(judged) if each.model_accepts is not None]
    accepted = np.array([bool(judged[i].model_accepts) for i in read], dtype=float)
    if len(read) < FEWEST_VERDICTS or min(accepted.sum(), len(read) - accepted.sum()) < FEWEST_OF_A_KIND:
        return line, None
    shared, yes, no = _logistic(np.column_stack([odds[read], accepted, 1.0 - accepted]), right[read])
    return line, ModelLines(accepted=Line(slope=shared, shift=yes), not_accepted=Line(slope=shared, shift=no))


def _logistic(columns: NDArray[np.float64], right: NDArray[np.float64]) -> list[float]:
    """Return weights of a logistic regression by Newton's method; the first is drawn to 1, the rest to 0."""
    prior = np.zeros(columns.shape[1])
    prior[0] = 1.0
    weights = prior.copy()
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(columns @ weights, -30.0, 30.0)))
        slope = columns.T @ (chance - right) + _PRIOR * (weights - prior)
        curve = (columns * (chance * (1.0 - chance))[:, None]).T @ columns + _PRIOR * np.eye(len(prior))
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return [float(weight) for weight in weights]


def _applied(fitted: tuple[Line, ModelLines | None], event: JudgedEvent) -> float:
    line, models = fitted
    calibration = Calibration(format=FORMAT, line=line, threshold=None, models=models, verdicts=0, accepted=0)
    return calibration.confidence(event.confidence, model_accepts=event.model_accepts)


def _best_threshold(calibrated: NDArray[np.float64], right: NDArray[np.float64]) -> float | None:
    """Return the confidence from which on F1 among the judged events is best; None to keep them all."""
    order = np.argsort(-calibrated, kind="stable")
    kept = np.arange(1, len(order) + 1)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (kept + right.sum())
    # Events of one confidence are kept or left out together.
    ends = np.append(np.diff(calibrated[order]) != 0, True)
    f1[~ends] = -1.0
    # Of several the lowest, which keeps most.
    best = len(f1) - 1 - int(np.argmax(f1[::-1]))
    if best == len(f1) - 1:
        return None
    return round(float(calibrated[order][best]) - 5e-4, 3)


def _fold_of(document_id: str) -> int:
    digest = hashlib.blake2b(document_id.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % FOLDS
