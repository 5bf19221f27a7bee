"""Events that reviewers added at the same words in different ways, and decisions of adjudicators on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.model.readings import EventReading
from dragoman.record.reviewed_events import AddedEvent, additions, adjudication
from dragoman.study.event_editing import compared_values

if TYPE_CHECKING:
    from collections.abc import Iterable


class AddedDisagreement(msgspec.Struct, kw_only=True):
    """Events that several reviewers added at overlapping words of one report, in different ways.

    Attributes:
        added: The events. Events of one type at overlapping words are one, with all versions of it.
    """

    added: list[AddedEvent]

    @property
    def document_id(self) -> str:
        """The id of the report."""
        return self.added[0].document_id

    @property
    def versions(self) -> list[EventReading]:
        """The latest version of each reviewer for each type that the reviewer added."""
        latest: dict[tuple[str, str], EventReading] = {}
        for each in self.added:
            for reading in each.additions:
                if reading.kind == "person":
                    latest[reading.reader, reading.event_type] = reading
        return sorted(latest.values(), key=lambda reading: reading.id)

    @property
    def decisions(self) -> list[EventReading]:
        """The decisions of adjudicators, in the order in which they were made."""
        found = [reading for each in self.added for reading in each.readings if reading.kind == "adjudicator"]
        return sorted(found, key=lambda reading: reading.id)

    @property
    def is_decided(self) -> bool:
        """Whether an adjudicator chose one of the events, or none."""
        return bool(self.decisions)

    @property
    def chosen(self) -> EventReading | None:
        """The decision that chose an event; None if there is no decision or if it rejects all of them."""
        found = [adjudication(each) for each in self.added]
        return next((reading for reading in found if reading is not None and reading.verdict == "add"), None)

    def differs(self) -> bool:
        """Return True if several reviewers added different events here."""
        by_reader: dict[str, set[tuple[str, ...]]] = {}
        for reading in self.versions:
            if reading.event is not None:
                said = tuple(compared_values(reading.event).values())
                by_reader.setdefault(reading.reader, set()).add(said)
        return len({frozenset(said) for said in by_reader.values()}) > 1

    def choose(self, taken: EventReading | None, *, reader: str, note: str = "") -> list[EventReading]:
        """Return the readings that decide for a version, or against all if `taken` is None.

        Args:
            taken: One of the versions.
            reader: The adjudicator.
            note: A remark.
        """
        readings = []
        for each in self.added:
            if taken is not None and taken in each.readings:
                continue
            about = each.additions[-1]
            if about.event is None:
                continue
            readings.append(msgspec.structs.replace(
                about, reader=reader, kind="adjudicator", verdict="reject", event_id=about.event.id,
                event=None, note=note, made_at="", id=0,
            ))  # fmt: skip
        if taken is not None:
            readings.append(msgspec.structs.replace(
                taken, reader=reader, kind="adjudicator", note=note, made_at="", id=0
            ))  # fmt: skip
        return readings


def added_disagreements(readings: Iterable[EventReading]) -> list[AddedDisagreement]:
    """Return the events that reviewers added differently, open ones first.

    Args:
        readings: All readings of a record, in the order they were made.
    """
    by_document: dict[str, list[AddedDisagreement]] = {}
    for each in additions(readings):
        if not any(reading.kind == "person" for reading in each.additions):
            continue
        cases = by_document.setdefault(each.document_id, [])
        touched = [case for case in cases if any(each.overlaps(other) for other in case.added)]
        for case in touched:
            cases.remove(case)
        cases.append(AddedDisagreement(added=[*(one for case in touched for one in case.added), each]))
    found = [case for cases in by_document.values() for case in cases if case.differs()]
    return sorted(found, key=lambda case: case.is_decided)
