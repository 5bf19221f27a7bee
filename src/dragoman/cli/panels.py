"""Output of series of dyads, and of panels of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dragoman.analysis.panels import COLUMNS, panel_rows, write_panel
from dragoman.cli.exporting import writing
from dragoman.cli.filters import say_why_empty
from dragoman.cli.rows import print_rows
from dragoman.errors import UsageError
from dragoman.model.terms import QUAD_CLASSES

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.record.pairs import Period
    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record

_FORMS = {".csv": "csv", ".parquet": "parquet"}


def print_series(record: Record, wanted: EventFilter, *, by: Period, zeros: bool, form: str) -> None:
    """Print the series of events of a filter's actor toward its recipient."""
    assert wanted.actor is not None and wanted.recipient is not None
    points = record.dyad_series(
        wanted.actor, wanted.recipient, by=by, since=wanted.since, until=wanted.until, wanted=wanted,
        zeros=zeros,
    )  # fmt: skip
    if not points:
        say_why_empty(record, wanted)
    rows = (
        {"start": p.start, "events": p.events, "intensity": round(p.intensity, 2),
         **{quad: p.counts.get(quad, 0) for quad in QUAD_CLASSES}}
        for p in points
    )  # fmt: skip
    print_rows(rows, ("start", "events", "intensity", *QUAD_CLASSES), form)


def print_panel(
    record: Record, wanted: EventFilter, *, by: Period, zeros: bool, output: Path | None, form: str
) -> None:
    """Print a panel, or write it to a file and print the number of rows to standard error.

    Args:
        record: The record.
        wanted: Filter of the events, with actor and recipient.
        by: Length of a period.
        zeros: Whether to include rows for periods without events.
        output: Output file, CSV or Parquet according to its extension; None for standard output.
        form: table, jsonl or csv, for standard output.

    Raises:
        UsageError: The file has another extension.
    """
    periods = record.dyad_panel(by=by, since=wanted.since, until=wanted.until, zeros=zeros, wanted=wanted)
    if output is None:
        print_rows(panel_rows(periods), tuple(COLUMNS), form)
        return
    ending = output.suffix.lower()
    if ending not in _FORMS:
        raise UsageError(message=f"--output {output}: the file name must end in {' or '.join(_FORMS)}")
    with writing(output) as out:
        count = write_panel(periods, out, form=_FORMS[ending])
    sys.stderr.write(f"{count} rows written to {output}\n")
