"""Where the first reading and second readers agree, and what only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.model.records import Event
from dragoman.record.queries import EventFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.readings import EventReading
    from dragoman.record.store import Record

Side = Literal["both", "first", "second"]
SIDES: tuple[Side, ...] = ("both", "first", "second")


class ComparedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event and who has it.

    Attributes:
        document_id: The report.
        side: both readers have it, only the first, or only a second.
        readers: The second readers that have it.
        event: The event, as coded where the first has it.
    """

    document_id: str
    side: Side
    readers: tuple[str, ...]
    event: Event


def read_documents(record: Record, model: str | None = None) -> set[str]:
    """Return the reports in which a second reader found something.

    One in which it found nothing leaves no reading.
    """
    return {r.document_id for r in record.readings(reader=model, kind="model")}


def compare_readers(
    record: Record, *, model: str | None = None, wanted: EventFilter | None = None
) -> Iterator[ComparedEvent]:
    """Yield the events of the reports that a second reader has read, with who has them.

    Args:
        record: The record.
        model: A second reader; None for all of them together.
        wanted: Only events that this filter selects; of what only a second reader has, the document.
    """
    wanted = wanted or EventFilter()
    accepted: dict[str, set[str]] = {}
    for reading in record.readings(reader=model, kind="model", verdict="accept"):
        if reading.event_id is not None:
            accepted.setdefault(reading.event_id, set()).add(reading.reader)
    added: dict[str, list[EventReading]] = {}
    for reading in record.added_events(kind="model"):
        if model in (None, reading.reader):
            added.setdefault(reading.document_id, []).append(reading)
    for name in sorted(read_documents(record, model)):
        if wanted.document is not None and wanted.document != name:
            continue
        for stored in record.events(msgspec.structs.replace(wanted, document=name)):
            readers = tuple(sorted(accepted.get(stored.event.id, ())))
            yield ComparedEvent(
                document_id=name, side="both" if readers else "first", readers=readers, event=stored.event
            )
        for reading in added.get(name, ()):
            if reading.event is not None:
                yield ComparedEvent(
                    document_id=name, side="second", readers=(reading.reader,), event=reading.event
                )
