"""Listing of the readings of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dragoman.analysis.filters import near
from dragoman.cli.rows import print_rows
from dragoman.errors import UsageError
from dragoman.model.readings import READER_KINDS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.model.readings import EventReading, ReaderKind, Verdict
    from dragoman.record.store import Record

_COLUMNS = ("id", "made_at", "reader", "kind", "verdict", "event_type", "word", "changed", "note",
            "document_id", "event_id")  # fmt: skip


def chosen_readings(
    record: Record, *, reader: str | None, kind: str | None, verdict: str | None
) -> list[EventReading]:
    """Return the selected readings.

    Raises:
        UsageError: The kind, the verdict or the reader is unknown.
    """
    for name, given, values in (("kind", kind, READER_KINDS), ("verdict", verdict, VERDICTS)):
        if given is not None and given not in values:
            raise UsageError(message=f"--{name} {given!r}; {near(given, values)}")
    if reader is not None and reader not in record.readers():
        raise UsageError(message=f"--reader {reader!r}; {near(reader, record.readers())}")
    return record.readings(
        reader=reader, kind=cast("ReaderKind | None", kind), verdict=cast("Verdict | None", verdict)
    )


def print_readings(record: Record, readings: Sequence[EventReading], form: str) -> None:
    """Print readings as a table, JSONL or CSV."""
    print_rows(_rows(record, readings), _COLUMNS, form)


def _rows(record: Record, readings: Sequence[EventReading]) -> Iterator[dict[str, Any]]:
    read = {reading.document_id for reading in readings}
    texts = {document.id: document.text for document in record.documents() if document.id in read}
    for reading in readings:
        row: dict[str, Any] = {
            name: getattr(reading, name) for name in _COLUMNS if name not in ("word", "changed")
        }
        row["word"] = texts.get(reading.document_id, "")[reading.trigger_start : reading.trigger_end]
        row["changed"] = " ".join(reading.changed)
        yield row
