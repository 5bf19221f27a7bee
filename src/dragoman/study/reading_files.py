"""Export and import of readings: JSONL for programs, a workbook or CSV for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.spreadsheet_cells import from_cell
from dragoman.errors import DragomanError, UsageError
from dragoman.files import replacing
from dragoman.model.readings import READER_KINDS, VERDICTS, EventReading
from dragoman.model.records import Event
from dragoman.study.sampling import sentence_spans, text_around
from dragoman.study.sheets import read_sheet, write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dragoman.record.store import Record

_FIELDS = (
    "reader", "kind", "verdict", "note", "made_at", "document_id", "event_id", "event_type", "trigger_start",
    "trigger_end", "changed", "event",
)  # fmt: skip
_COLUMNS = ("sentence", "actors", "recipients", *_FIELDS)
_JUDGEMENTS = {
    "kind": ("Who reads.", READER_KINDS), "verdict": ("What the reader says of the event.", VERDICTS),
    "note": ("Why, or anything else.", ()),
}  # fmt: skip


class ImportedReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The result of importing the readings of a file.

    Attributes:
        kept: Number that are new in the record.
        known: Number that were already in the record.
        unmatched: Number of the new ones about an event that is not coded.
        faults: A line for each that could not be stored, with its place in the file.
    """

    kept: int
    known: int
    unmatched: int
    faults: tuple[str, ...]


def write_readings(record: Record, path: Path, readings: Sequence[EventReading]) -> None:
    """Write readings to a file, with the sentence of each in a sheet.

    Raises:
        UsageError: The file is neither .jsonl nor a sheet.
    """
    if path.suffix == ".jsonl":
        encoder = msgspec.json.Encoder()
        with replacing(path) as out:
            out.writelines(encoder.encode(reading) + b"\n" for reading in readings)
        return
    write_sheet(path, list(_rows(record, readings)), _COLUMNS, _JUDGEMENTS)


def _rows(record: Record, readings: Sequence[EventReading]) -> Iterator[dict[str, Any]]:
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for reading in readings:
        row: dict[str, Any] = {name: getattr(reading, name) for name in _FIELDS}
        row["changed"] = " ".join(reading.changed)
        row["event"] = msgspec.json.encode(reading.event).decode() if reading.event is not None else ""
        event = reading.event
        try:
            if reading.document_id not in spans:
                text = record.document(reading.document_id).text
                spans[reading.document_id] = text, sentence_spans(text)
            around = text_around(*spans[reading.document_id], reading.trigger_start)
            row["sentence"] = around["sentence"]
            if event is None and reading.event_id is not None:
                event = record.event(reading.event_id).event
        except DragomanError:
            # The report or the event was removed; the reading is still written.
            row.setdefault("sentence", "")
        if event is not None:
            row |= {
                name: " ".join(ref.id for ref in getattr(event, name)) for name in ("actors", "recipients")
            }
        yield row


def import_readings(record: Record, path: Path) -> ImportedReadings:
    """Store the readings of a file; one that cannot be stored does not affect the others.

    Readings of an event with a different id in this record are matched by report, type and trigger.

    Raises:
        UsageError: The file cannot be read as a whole.
        RecordError: The record cannot be written.
    """
    rows = _read_lines(path) if path.suffix == ".jsonl" else _read_rows(path)
    known = {_identity(reading) for reading in record.readings()}
    kept, again, unmatched, faults = 0, 0, 0, list[str]()
    with record.batch():
        for where, reading in rows:
            if isinstance(reading, str):
                faults.append(f"{path.name}, {where}: {reading}")
                continue
            if _identity(reading) in known:
                again += 1
                continue
            try:
                (event_id,) = record.import_readings([reading])
            except DragomanError as error:
                faults.append(f"{path.name}, {where}: {error}")
                continue
            known.add(_identity(reading))
            kept += 1
            unmatched += reading.verdict != "add" and event_id is None
    return ImportedReadings(kept=kept, known=again, unmatched=unmatched, faults=tuple(faults))


def _identity(reading: EventReading) -> tuple[object, ...]:
    return (
        reading.document_id, reading.reader, reading.kind, reading.verdict, reading.event_type,
        reading.trigger_start, reading.made_at, reading.note, msgspec.json.encode(reading.event),
    )  # fmt: skip


def _read_lines(path: Path) -> Iterator[tuple[str, EventReading | str]]:
    if not path.is_file():
        raise UsageError(message=f"{path}: no such file")
    decoder = msgspec.json.Decoder(EventReading)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield f"line {number}", decoder.decode(line)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    yield f"line {number}", f"not a reading ({error}); see docs/review.md for its fields"


def _read_rows(path: Path) -> Iterator[tuple[str, EventReading | str]]:
    needs = ("reader", "verdict", "document_id", "event_type", "trigger_start", "trigger_end")
    for number, row in enumerate(read_sheet(path, needs=needs), 2):
        given = {name: from_cell(row.get(name, "")) for name in _FIELDS}
        try:
            event = msgspec.json.decode(given["event"], type=Event) if given["event"] else None
            yield (
                f"row {number}",
                msgspec.convert(
                    {
                        **given, "kind": given["kind"] or "person", "event_id": given["event_id"] or None,
                        "changed": given["changed"].split(), "trigger_start": int(given["trigger_start"]),
                        "trigger_end": int(given["trigger_end"]), "event": event,
                    },
                    EventReading,
                ),
            )  # fmt: skip
        except (msgspec.MsgspecError, ValueError) as error:
            yield f"row {number}", f"not a reading ({error}); see docs/review.md for its columns"
