"""Agreement of reviewers who judged the same events, and the events on which they disagree."""

from __future__ import annotations

import collections
import itertools
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import MissingExtraError
from dragoman.study.agreement import cohen_kappa, krippendorff_alpha
from dragoman.study.event_editing import compared_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dragoman.model.readings import EventReading
    from dragoman.record.event_readings import PersonVerdict
    from dragoman.record.store import Record


class ReaderAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of two reviewers on the events that both judged.

    Attributes:
        one: The first reviewer.
        other: The second reviewer.
        events: Number of events that both judged.
        agreed: Number of events with the same verdict.
        percent: Their share, 0 to 1.
        kappa: Cohen's kappa of the verdicts; None if there is only one verdict, or without statsmodels.
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
    """An event on which reviewers differ, and whether an adjudicator decided it."""

    event_id: str
    is_decided: bool


def latest_by_reader(readings: Iterable[EventReading]) -> dict[str, EventReading]:
    """Return the latest reading of each person who judged an event."""
    found: dict[str, EventReading] = {}
    for reading in readings:
        if reading.kind == "person":
            found[reading.reader] = reading
    return found


def compare_readers(record: Record) -> tuple[list[Disagreement], list[ReaderAgreement]]:
    """Return the events on which reviewers differ, open ones first, and the agreement of each pair."""
    said = {
        event_id: {reader: _said(verdict) for reader, verdict in verdicts.items()}
        for event_id, verdicts in record.verdicts_of_several().items()
    }
    decided = record.adjudicated_events()
    differ = [
        Disagreement(event_id=event_id, is_decided=event_id in decided)
        for event_id, values in said.items()
        if len(set(values.values())) > 1
    ]
    return sorted(differ, key=lambda each: each.is_decided), _agreement(said.values())


def _agreement(said: Iterable[dict[str, tuple[str, ...]]]) -> list[ReaderAgreement]:
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = collections.defaultdict(list)
    agreed: collections.Counter[tuple[str, str]] = collections.Counter()
    for values in said:
        for one, other in itertools.combinations(sorted(values), 2):
            pairs[one, other].append((values[one][0], values[other][0]))
            agreed[one, other] += values[one] == values[other]
    return [
        ReaderAgreement(
            one=one, other=other, events=len(both), agreed=agreed[one, other],
            percent=agreed[one, other] / len(both), kappa=_measured(cohen_kappa, both),
            alpha=_measured(krippendorff_alpha, both),
        )
        for (one, other), both in sorted(pairs.items())
    ]  # fmt: skip


def load_statistics() -> None:
    """Load the packages of the statistics in advance, which takes seconds."""
    for measure in (cohen_kappa, krippendorff_alpha):
        _measured(measure, [("accept", "reject"), ("reject", "reject")])


def _said(given: PersonVerdict) -> tuple[str, ...]:
    """Return the content of a verdict, so that two with the same content are equal."""
    if given.event is not None:
        return "edit", *compared_values(given.event).values()
    return (given.verdict,)


def _measured(
    measure: Callable[[Sequence[tuple[str, str]]], float | None], pairs: list[tuple[str, str]]
) -> float | None:
    try:
        return measure(pairs)
    except MissingExtraError:
        return None
