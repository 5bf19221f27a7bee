"""Readings: verdicts of a person or another program on a coded event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from dragoman.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict = Literal["accept", "reject", "edit", "add"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
ReaderKind = Literal["person", "model", "adjudicator"]
READER_KINDS: tuple[ReaderKind, ...] = get_args(ReaderKind)
# Source of the requested events: the coder, a model, both, or either.
ReaderChoice = Literal["first", "second", "both", "either"]
READER_CHOICES: tuple[ReaderChoice, ...] = get_args(ReaderChoice)


class EventReading(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of one event.

    Attributes:
        document_id: The report.
        reader: The name of a person or a model.
        kind: person, model, or adjudicator (a person who decides where others differ).
        verdict: accept (the event is right), reject (the text reports no such event), edit (the event needs
            corrections), add (the text reports an event that was not coded).
        event_id: The coded event; None for an added one that the coder does not have.
        event_type: The type of the coded or added event.
        trigger_start: Offset of the first character of the trigger; with the type it identifies the event
            when the report is recoded.
        trigger_end: Offset after the last character.
        event: The event as the reader gives it, for edit and add.
        changed: The fields that differ from the coded event, for edit.
        note: A remark.
        made_at: Time of the reading, ISO 8601 in UTC; set when it is stored.
        id: Number in the record; 0 before it is stored.
    """

    document_id: str
    reader: str
    kind: ReaderKind
    verdict: Verdict
    event_id: str | None
    event_type: str
    trigger_start: int
    trigger_end: int
    event: Event | None = None
    changed: tuple[str, ...] = ()
    note: str = ""
    made_at: str = ""
    id: int = 0


def deciding_reading(readings: Iterable[EventReading]) -> EventReading | None:
    """Return the reading that determines how an event is shown; None if no person gave one.

    It is the latest of an adjudicator, else the latest of a person; readings of models are ignored.
    """
    found: EventReading | None = None
    for reading in readings:
        if reading.kind == "model":
            continue
        if found is None or _rank(reading) >= _rank(found):
            found = reading
    return found


def is_rejected(readings: Iterable[EventReading]) -> bool:
    """Return True if the deciding reading of an event rejects it."""
    deciding = deciding_reading(readings)
    return deciding is not None and deciding.verdict == "reject"


def shown_event(coded: Event, deciding: EventReading | None) -> Event | None:
    """Return an event as given by the deciding reading; None if that rejects it."""
    if deciding is None or deciding.verdict == "accept":
        return coded
    return None if deciding.verdict == "reject" else deciding.event


def overlaps(one: EventReading, other: EventReading) -> bool:
    """Return True if two readings have overlapping spans in one report."""
    return (
        one.document_id == other.document_id
        and one.trigger_start < other.trigger_end
        and other.trigger_start < one.trigger_end
    )


def _rank(reading: EventReading) -> tuple[bool, str, int]:
    return reading.kind == "adjudicator", reading.made_at, reading.id
