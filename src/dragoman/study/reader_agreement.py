"""How far those who judged the same events agree, and the events on which they do not."""

from __future__ import annotations

import collections
import itertools
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import MissingExtraError
from dragoman.model.readings import EventReading
from dragoman.study.agreement import cohen_kappa, krippendorff_alpha
from dragoman.study.event_editing import compared_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record.store import Record


class ReaderAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two reviewers agree on the events that both judged.

    Attributes:
        one: The first.
        other: The second.
        events: How many events both judged.
        agreed: On how many they gave the same verdict.
        percent: Their share, 0 to 1.
        kappa: Cohen's kappa of the verdicts; None when there is one verdict only, or without statsmodels.
        alpha: Krippendorff's alpha; None likewise, or without krippendorff.
    """

    one: str
    other: str
    events: int
    agreed: int
    percent: float
    kappa: float | None
    alpha: float | None


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """An event on which reviewers differ.

    Attributes:
        event_id: The event.
        readings: The latest reading of each reviewer.
        decided: The adjudicator's reading; None while it is open.
    """

    event_id: str
    readings: tuple[EventReading, ...]
    decided: EventReading | None


def verdict_of(reading: EventReading) -> tuple[str, ...]:
    """Return what a reading says, so that two which say the same are equal."""
    if reading.verdict in ("edit", "add") and reading.event is not None:
        return "edit", *compared_values(reading.event).values()
    return (reading.verdict,)


def latest_by_reader(readings: Iterable[EventReading]) -> dict[str, EventReading]:
    """Return the latest reading of each person who judged an event."""
    found: dict[str, EventReading] = {}
    for reading in readings:
        if reading.kind == "person":
            found[reading.reader] = reading
    return found


def find_disagreements(record: Record) -> list[Disagreement]:
    """Return the events on which reviewers differ, those still open first."""
    found = []
    for event_id, readings in record.readings_of_several().items():
        latest = latest_by_reader(readings)
        if len({verdict_of(reading) for reading in latest.values()}) < 2:
            continue
        decided = [reading for reading in readings if reading.kind == "adjudicator"]
        found.append(
            Disagreement(
                event_id=event_id, readings=tuple(latest.values()), decided=decided[-1] if decided else None
            )
        )
    return sorted(found, key=lambda each: each.decided is not None)


def measure_reader_agreement(record: Record) -> list[ReaderAgreement]:
    """Return how far each two reviewers agree on whether an event is right, wrong or to be edited."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = collections.defaultdict(list)
    agreed: collections.Counter[tuple[str, str]] = collections.Counter()
    for readings in record.readings_of_several().values():
        latest = latest_by_reader(readings)
        for one, other in itertools.combinations(sorted(latest), 2):
            first, second = verdict_of(latest[one]), verdict_of(latest[other])
            pairs[one, other].append((first[0], second[0]))
            agreed[one, other] += first == second
    return [
        ReaderAgreement(
            one=one, other=other, events=len(both), agreed=agreed[one, other],
            percent=agreed[one, other] / len(both), kappa=_measured(cohen_kappa, both),
            alpha=_measured(krippendorff_alpha, both),
        )
        for (one, other), both in sorted(pairs.items())
    ]  # fmt: skip


def _measured(measure: object, pairs: list[tuple[str, str]]) -> float | None:
    try:
        found: float | None = measure(pairs)  # type: ignore[operator]
    except MissingExtraError:
        return None
    return found
