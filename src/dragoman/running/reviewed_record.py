"""Opening a record with the events that people left after review, or that one or both readers found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis.filters import near
from dragoman.analysis.stories import StoryIndex
from dragoman.errors import UsageError
from dragoman.model.readings import READER_CHOICES
from dragoman.record.derived_copy import change_events, copy_record
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.model.readings import ReaderChoice


def open_record(path: Path, *, reviewed: bool = False, reader: ReaderChoice = "first") -> Record:
    """Open a record to read it as coded, after review, or as another reader sees it.

    All queries of what is returned work on the events that are shown. Unless these are the coded ones, they
    are in a temporary copy, which needs as much space as the record and disappears when it is closed.

    Args:
        path: The record file.
        reviewed: Apply the verdicts of people: rejected events are left out, edited ones are as edited,
            events that people added are included.
        reader: Events that the coder found ("first"), that a model found ("second"), that both found, or that
            either found.

    Raises:
        NotFoundError: The file is not there.
        RecordError: The file is no record, or the copy cannot be written.
        UsageError: `reader` is unknown.
    """
    refuse_unknown_reader(reader)
    record = Record.open_to_read(path)
    if not reviewed and reader == "first":
        return record
    with record:
        return derive_record(record, reviewed=reviewed, reader=reader)


def derive_record(
    record: Record, *, reviewed: bool, reader: ReaderChoice, path: Path | None = None
) -> Record:
    """Copy a record and change the events of the copy.

    Args:
        record: The record.
        reviewed: As in `open_record`.
        reader: As in `open_record`.
        path: The file of the copy, which must be new; None for a temporary one.

    Raises:
        RecordError: The copy cannot be written.
    """
    copy = copy_record(record, path)
    try:
        changes = copy.event_changes(reviewed=reviewed, reader=reader)
        if changes:
            with copy.batch():
                loose = change_events(copy, changes)
                if copy.story_state() is not None:
                    Grouper(copy, StoryIndex()).put_events(loose)
    except BaseException:
        copy.close()
        raise
    return copy


def refuse_unknown_reader(reader: str) -> None:
    """Refuse a reader that is none of the four choices.

    Raises:
        UsageError: It is unknown.
    """
    if reader not in READER_CHOICES:
        raise UsageError(message=f"reader {reader!r}; {near(reader, READER_CHOICES)}")
