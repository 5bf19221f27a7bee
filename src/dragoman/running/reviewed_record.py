"""Opening a record with the events that remain after review, or that one or both readers found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis.filters import near
from dragoman.analysis.stories import StoryIndex
from dragoman.coding.decision.calibration import calibration_mark, load_calibration
from dragoman.errors import UsageError
from dragoman.model.readings import READER_CHOICES
from dragoman.record.derived_copy import change_confidence, change_events, copy_record
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.model.readings import ReaderChoice
    from dragoman.record.answers import StoredEvent
    from dragoman.record.reviewed_events import EventChanges


def open_record(
    path: Path, *, reviewed: bool = False, reader: ReaderChoice = "first", calibration: Path | None = None
) -> Record:
    """Open a record to read it as coded, after review, or as another reader sees it.

    All queries of the result use the selected events. Unless these are the coded ones, they are in a
    temporary copy, which needs as much space as the record and is deleted when it is closed.

    Args:
        path: The record file.
        reviewed: Apply the verdicts of people: rejected events are excluded, edited ones replaced by their
            edited form, added ones included.
        reader: Events that the coder found ("first"), that a model found ("second"), that both found, or that
            either found.
        calibration: A file of `dragoman calibrate`: confidence is calibrated by it, and in reports that a
            model has read it depends on whether the model found the event too.

    Raises:
        NotFoundError: The file does not exist.
        RecordError: The file is not a record, or the copy cannot be written.
        KnowledgeError: `calibration` is missing or not a calibration.
        UsageError: `reader` is unknown, or reports were coded with another calibration.
    """
    if reader not in READER_CHOICES:
        raise UsageError(message=f"reader {reader!r}; {near(reader, READER_CHOICES)}")
    record = Record.open_to_read(path)
    if not reviewed and reader == "first" and calibration is None:
        return record
    with record:
        return derive_record(record, reviewed=reviewed, reader=reader, calibration=calibration)


def derive_record(
    record: Record,
    *,
    reviewed: bool = False,
    reader: ReaderChoice = "first",
    calibration: Path | None = None,
    path: Path | None = None,
) -> Record:
    """Copy a record and change the events of the copy.

    Args:
        record: The record.
        reviewed: As in `open_record`.
        reader: As in `open_record`.
        calibration: As in `open_record`.
        path: The file of the copy, which must be new; None for a temporary one.

    Raises:
        KnowledgeError: `calibration` is missing or not a calibration.
        RecordError: The copy cannot be written.
        UsageError: Reports were coded with another calibration.
    """
    confidence = calibrated_confidence(record, calibration) if calibration is not None else None
    copy = copy_record(record, path)
    try:
        with copy.batch():
            apply_changes(copy, copy.event_changes(reviewed=reviewed, reader=reader))
            if confidence is not None:
                change_confidence(copy, confidence)
    except BaseException:
        copy.close()
        raise
    return copy


def apply_changes(copy: Record, changes: EventChanges) -> None:
    """Hide and show events of a copy and group them, inside the open transaction."""
    if not changes:
        return
    loose = change_events(copy, changes)
    if copy.story_state() is not None:
        Grouper(copy, StoryIndex()).put_events(loose)


def calibrated_confidence(record: Record, path: Path) -> Callable[[StoredEvent], float]:
    """Return the function that computes an event's confidence from a calibration and the readings of models.

    Raises:
        KnowledgeError: The calibration is missing or invalid.
        UsageError: Reports were coded with another calibration.
    """
    calibration = load_calibration(path)
    coded_with_it = _refuse_other_calibrations(record, calibration_mark(path))
    of_models = record.readings(kind="model")
    read = {reading.document_id for reading in of_models}
    accepted = {reading.event_id for reading in of_models if reading.event_id is not None}
    added = {each.event.id for each in of_models if each.event_id is None and each.event is not None}
    added_by_people = {
        each.event.id
        for each in record.readings(verdict="add")
        if each.kind != "model" and each.event_id is None and each.event is not None
    }

    def confidence(stored: StoredEvent) -> float:
        event = stored.event
        if event.id in added:
            return calibration.confidence_of_addition(event.confidence)
        if event.id in added_by_people:
            return event.confidence
        given = event.confidence
        if stored.document_id in coded_with_it:
            given = calibration.uncalibrated(given)
        accepts = event.id in accepted if stored.document_id in read else None
        return calibration.confidence(given, model_accepts=accepts)

    return confidence


def _refuse_other_calibrations(record: Record, mark: str) -> set[str]:
    """Return the reports that were coded with a calibration, which must be the given one.

    Raises:
        UsageError: A report was coded with another.
    """
    marked = {name: run for name, run in record.runs_of_documents().items() if "calibrated" in run}
    other = sorted(name for name, run in marked.items() if not run.endswith(mark))
    if other:
        message = (
            f"{len(other)} reports were coded with another calibration, the first is {other[0]!r};"
            " give that file, or code the reports again"
        )
        raise UsageError(message=message)
    return set(marked)
