"""Calibration of confidence to verdicts of reviewers, with the gain measured by cross-validation.

The fit is a logistic regression on the log-odds of the confidence, shrunk toward the identity: a few verdicts
change it little.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from dragoman.coding.decision.calibration import (
    FEWEST_OF_A_KIND,
    FORMAT,
    Agreement,
    Calibration,
    Line,
    ModelLines,
    Share,
    log_odds,
)
from dragoman.errors import UsageError
from dragoman.model.readings import EventReading, deciding_reading
from dragoman.record.reviewed_events import additions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record

# Minimum number of verdicts, and of verdicts of either kind.
FEWEST_VERDICTS = 100
FOLDS = 10
BINS = 10
# Strength of the prior that confidence is already right, as a number of verdicts.
_PRIOR = 1.0
_ROUNDS = 50
# Standard errors on either side of a share that contain 95 % of a normal distribution.
_STANDARD_ERRORS = 1.959964
# An event whose type or parties were corrected was not right.
_DECISIVE = frozenset(("event_type", "actors", "recipients"))


class JudgedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event, its confidence, and the judgements of people and models.

    Attributes:
        document_id: The report; events of one report are in one fold.
        confidence: As coded.
        is_right: Whether it is right according to the deciding reading.
        model_accepts: Whether a second reader found it too; None if none has read the report.
    """

    document_id: str
    confidence: float
    is_right: bool
    model_accepts: bool | None = None


class JudgedAddition(msgspec.Struct, frozen=True, kw_only=True):
    """One event that only a model found.

    Attributes:
        document_id: The report.
        confidence: As stored.
        is_right: Whether it is right according to the deciding reading.
    """

    document_id: str
    confidence: float
    is_right: bool


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """The quality of probabilities.

    Attributes:
        calibration_error: Expected calibration error, ten bins of equal width.
        brier: Mean squared error.
    """

    calibration_error: float
    brier: float


class AgreementGain(msgspec.Struct, frozen=True, kw_only=True):
    """The gain from knowing the other reader, on reports that were not used to measure it.

    Attributes:
        events: Number of judged events in reports that a model has read, including those only a model found.
        before: Quality of confidence with the calibration alone.
        after: Quality with the agreement of the readers.
    """

    events: int
    before: Quality
    after: Quality

    @property
    def improves(self) -> bool:
        """Return True if the agreement improves the probabilities in cross-validation."""
        return self.after.brier < self.before.brier


class CalibrationReport(msgspec.Struct, frozen=True, kw_only=True):
    """A fitted calibration and its gain on held-out reports.

    `agreement` is None if too few events were judged in reports that a model has read.
    """

    calibration: Calibration
    before: Quality
    after: Quality
    agreement: AgreementGain | None = None

    @property
    def improves(self) -> bool:
        """Return True if the calibrated probabilities are better in cross-validation."""
        return self.after.brier < self.before.brier


def judged_events(record: Record, wanted: EventFilter | None = None) -> list[JudgedEvent]:
    """Return the events with verdicts of people that a filter selects."""
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


def judged_additions(record: Record, wanted: EventFilter | None = None) -> list[JudgedAddition]:
    """Return the events found only by a model that people judged.

    Args:
        record: The record.
        wanted: Only events of this report, type and actors; other fields are ignored.
    """
    found = []
    for added in additions(record.readings()):
        deciding, event = deciding_reading(added.readings), added.model_event
        if event is None or deciding is None or deciding.verdict == "add":
            continue
        if wanted is not None and wanted.document not in (None, added.document_id):
            continue
        if wanted is not None and wanted.event_type not in (None, event.event_type):
            continue
        is_right = deciding.verdict != "reject" and not _DECISIVE.intersection(deciding.changed)
        found.append(
            JudgedAddition(document_id=added.document_id, confidence=event.confidence, is_right=is_right)
        )
    return found


def calibrate(
    judged: Sequence[JudgedEvent], added: Sequence[JudgedAddition] = (), *, needs_agreement: bool = False
) -> CalibrationReport:
    """Fit a calibration.

    Args:
        judged: Coded events.
        added: Events that only a model found.
        needs_agreement: Raise an error if there are too few verdicts to measure the agreement with a model.

    Raises:
        UsageError: There are too few verdicts, or they contradict the order of the confidence.
    """
    _refuse_few(judged)
    if needs_agreement:
        _refuse_few_read(judged)
    out_of_fold, alone_out_of_fold = np.empty(len(judged)), np.empty(len(judged))
    added_out_of_fold = np.array([each.confidence for each in added])
    fold = np.array([_fold_of(each.document_id) for each in judged])
    for number in range(FOLDS):
        inside = [each for each, part in zip(judged, fold, strict=True) if part != number]
        held_out = np.flatnonzero(fold == number)
        if held_out.size:
            line, models = _fit(inside)
            out_of_fold[held_out] = [_applied((line, models), judged[int(i)]) for i in held_out]
            alone_out_of_fold[held_out] = [_applied((line, None), judged[int(i)]) for i in held_out]
        others = [each.is_right for each in added if _fold_of(each.document_id) != number]
        if len(others) >= FEWEST_OF_A_KIND:
            for place, each in enumerate(added):
                if _fold_of(each.document_id) == number:
                    added_out_of_fold[place] = sum(others) / len(others)
    right = np.array([each.is_right for each in judged], dtype=float)
    given = np.array([each.confidence for each in judged])
    line, models = _fit(judged)
    gain = None
    if models is not None:
        gain = _agreement_gain(judged, added, alone_out_of_fold, out_of_fold, added_out_of_fold)
        if not gain.improves:
            models, out_of_fold = None, alone_out_of_fold
    alone = Calibration(
        format=FORMAT,
        line=line,
        threshold=None,
        models=models,
        verdicts=len(judged),
        accepted=int(right.sum()),
        agreement=measure_agreement(judged, added) if models is not None else None,
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
        agreement=gain,
    )


def measure_agreement(judged: Sequence[JudgedEvent], added: Sequence[JudgedAddition]) -> Agreement:
    """Return the share of right events among those found by both readers, or by only one.

    Only reports that a model has read count.
    """
    return Agreement(
        both=_share([each.is_right for each in judged if each.model_accepts is True]),
        first=_share([each.is_right for each in judged if each.model_accepts is False]),
        second=_share([each.is_right for each in added]),
    )


def _share(right: Sequence[bool]) -> Share:
    low, high = wilson_interval(sum(right), len(right))
    return Share(judged=len(right), right=sum(right), low=low, high=high)


def wilson_interval(right: int, judged: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share; 0 to 1 if nothing was judged."""
    if not judged:
        return 0.0, 1.0
    share, squared = right / judged, _STANDARD_ERRORS**2
    middle = share + squared / (2 * judged)
    reach = _STANDARD_ERRORS * math.sqrt(share * (1 - share) / judged + squared / (4 * judged**2))
    scale = 1 + squared / judged
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def _agreement_gain(
    judged: Sequence[JudgedEvent],
    added: Sequence[JudgedAddition],
    alone: NDArray[np.float64],
    agreed: NDArray[np.float64],
    added_agreed: NDArray[np.float64],
) -> AgreementGain:
    read = np.array([each.model_accepts is not None for each in judged])
    right = np.array([each.is_right for each in judged], dtype=float)[read]
    right = np.concatenate([right, [float(each.is_right) for each in added]])
    before = np.concatenate([alone[read], [each.confidence for each in added]])
    after = np.concatenate([agreed[read], added_agreed])
    return AgreementGain(events=len(right), before=quality_of(before, right), after=quality_of(after, right))


def quality_of(probabilities: NDArray[np.float64], right: NDArray[np.float64]) -> Quality:
    """Return the quality of probabilities, given which events were right (1) or wrong (0)."""
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


def _refuse_few_read(judged: Sequence[JudgedEvent]) -> None:
    read = [each for each in judged if each.model_accepts is not None]
    both = sum(each.model_accepts is True for each in read)
    if len(read) >= FEWEST_VERDICTS and min(both, len(read) - both) >= FEWEST_OF_A_KIND:
        return
    message = (
        f"{len(read)} events were judged in reports that a model has read, {both} found by both readers and"
        f" {len(read) - both} by the coder only; measuring their agreement needs {FEWEST_VERDICTS}, of each"
        f" kind {FEWEST_OF_A_KIND}: judge more with `dragoman review --sample 100 --stratify found_by`"
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
    """Return weights of a logistic regression by Newton's method; the first is shrunk to 1, the rest to 0."""
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
    """Return the minimum confidence with the best F1 among the judged events; None to keep them all."""
    order = np.argsort(-calibrated, kind="stable")
    kept = np.arange(1, len(order) + 1)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (kept + right.sum())
    # Events of equal confidence are kept or excluded together.
    ends = np.append(np.diff(calibrated[order]) != 0, True)
    f1[~ends] = -1.0
    # Of several the lowest, which keeps the most events.
    best = len(f1) - 1 - int(np.argmax(f1[::-1]))
    if best == len(f1) - 1:
        return None
    return round(float(calibrated[order][best]) - 5e-4, 3)


def _fold_of(document_id: str) -> int:
    digest = hashlib.blake2b(document_id.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % FOLDS
