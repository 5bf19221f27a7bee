"""Events of a record as rows with one typed column per field, and their export to Parquet or a data frame."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyarrow as pa

    from dragoman.model.records import ActorRef, Event
    from dragoman.record.answers import StoredEvent

Row = dict[str, object]
_ROWS_AT_ONCE = 10_000

# The columns taken from the event itself, in order, and the type of each.
COLUMN_TYPES = {
    "event_id": "text", "document_id": "text", "published_on": "day", "publisher": "text", "day": "day",
    "last_day": "day", "event_type": "text", "event_mode": "text", "contexts": "text", "quad_class": "text",
    "intensity": "real", "intensity_scale": "text", "cameo": "text", "goldstein": "real", "actors": "text",
    "recipients": "text", "speaker": "text", "quoted": "flag", "factuality": "text", "polarity": "text",
    "tense": "text", "conditional": "flag", "condition": "text", "consequence": "text", "issue": "text",
    "amounts": "text", "place": "text", "place_country": "text", "place_precision": "text",
    "latitude": "real", "longitude": "real", "evidence": "text", "evidence_start": "whole",
    "evidence_end": "whole", "trigger": "text", "rule": "text", "confidence": "real", "carried_by": "text",
    "told_as": "text", "time_basis": "text",
}  # fmt: skip


def event_row(stored: StoredEvent) -> Row:
    """Return an event as a row; lists are joined by a space or a semicolon."""
    event = stored.event
    date, day = event.event_date, event.listed_on(stored.published_on)
    return {
        "event_id": event.id,
        "document_id": stored.document_id,
        "published_on": stored.published_on,
        "publisher": stored.publisher,
        "day": day,
        "last_day": date.end if date else day,
        "event_type": event.event_type,
        "event_mode": event.event_mode,
        "contexts": " ".join(event.contexts),
        "quad_class": event.quad_class,
        "intensity": event.intensity,
        "intensity_scale": event.intensity_scale,
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        "actors": _ids(event.actors),
        "recipients": _ids(event.recipients),
        "speaker": _ids(event.speaker),
        "quoted": event.quoted,
        "factuality": event.factuality,
        "polarity": event.polarity,
        "tense": event.tense,
        "conditional": event.conditional,
        "condition": event.condition.text if event.condition else None,
        "consequence": event.consequence.text if event.consequence else None,
        "issue": event.issue.text if event.issue else None,
        "amounts": "; ".join(f"{a.value:.15g} {a.of or a.unit}" for a in event.amounts),
        **_place(event),
        "evidence": event.evidence.text,
        "evidence_start": event.evidence.start,
        "evidence_end": event.evidence.end,
        "trigger": event.trigger.text,
        "rule": event.rule,
        "confidence": event.confidence,
        "carried_by": event.carried_by,
        "told_as": event.told_as,
        "time_basis": event.time_basis,
    }


def _place(event: Event) -> Row:
    place = event.place
    return {
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "place_precision": place.precision if place else "none",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def _ids(refs: Iterable[ActorRef]) -> str:
    return " ".join(ref.id for ref in refs)


def event_table(events: Iterable[StoredEvent]) -> pa.Table:
    """Return events as an Arrow table; its columns and their types do not depend on the events."""
    import pyarrow as pa

    rows = [event_row(stored) for stored in events]
    return pa.Table.from_pylist(rows, schema=arrow_schema(COLUMN_TYPES))


def arrow_schema(types: Mapping[str, str]) -> pa.Schema:
    """Return the Arrow schema of columns.

    Args:
        types: The type of each column: text, day, real, whole or flag.
    """
    import pyarrow as pa

    kinds = {
        "text": pa.string(), "day": pa.date32(), "real": pa.float64(), "whole": pa.int64(),
        "flag": pa.bool_(),
    }  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, kind in types.items()])


def write_parquet(rows: Iterator[Row], schema: pa.Schema, out: BinaryIO) -> int:
    """Write rows as Parquet and return their number; memory does not grow with it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def frame_of(table: pa.Table, library: str, *, to_pandas: Callable[[pa.Table], Any] | None = None) -> Any:
    """Convert an Arrow table to a data frame; dates are of a date type, and no column has mixed types.

    Args:
        table: A table with columns of text, numbers, days and booleans.
        library: pandas or polars.
        to_pandas: Makes the pandas data frame; None for columns whose types may depend on missing values.

    Raises:
        UsageError: The library is neither of these.
        MissingExtraError: The library is not installed.
    """
    check_library(library)
    try:
        if library == "pandas":
            return (to_pandas or _pandas_of)(table)
        import polars as pl

        return pl.from_arrow(table)
    except ModuleNotFoundError as error:
        raise MissingExtraError(package=library, extra="frames", what="data frames") from error


def _pandas_of(table: pa.Table) -> Any:
    import pandas as pd
    import pyarrow as pa

    frame = table.to_pandas(date_as_object=False)
    # With missing values, integers would become floats and flags objects.
    for field in table.schema:
        if table[field.name].null_count and pa.types.is_integer(field.type):
            frame[field.name] = pd.array(table[field.name].to_pylist(), dtype="Int64")
        elif table[field.name].null_count and pa.types.is_boolean(field.type):
            frame[field.name] = pd.array(table[field.name].to_pylist(), dtype="boolean")
    return frame


def check_library(library: str) -> None:
    """Check that a data frame library is supported.

    Raises:
        UsageError: The library is neither pandas nor polars.
    """
    if library not in ("pandas", "polars"):
        raise UsageError(message=f"library={library!r}: use pandas or polars")
