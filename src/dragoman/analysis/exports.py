"""Export formats of the record: their definitions, and how each is written, row by row."""

from __future__ import annotations

import csv
import difflib
import io
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from dragoman.analysis import export_gdelt, export_icews, export_polecat, export_tables
from dragoman.analysis.export_annotations import CONTEXT, annotate_events
from dragoman.analysis.export_graph import write_graph
from dragoman.analysis.export_pairs import is_told_as_fact
from dragoman.analysis.export_sources import sourced_events
from dragoman.analysis.spreadsheet_cells import to_cell
from dragoman.errors import UsageError
from dragoman.record.event_rows import COLUMN_TYPES, arrow_schema, write_parquet
from dragoman.record.queries import EventFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.record.event_rows import Row
    from dragoman.record.store import Record

# The types of columns; all others are strings.
_COLUMN_TYPES = {**COLUMN_TYPES, "sentence_number": "whole"}


class Shape(NamedTuple):
    """One export format.

    Attributes:
        says: One-line description.
        written: File format: csv, tsv, parquet, jsonl, page (one JSON-LD document) or graph.
        columns: The columns of a table.
        rows: Makes its rows.
        facts_only: Whether only events reported as fact are exported by default, since the shape has no
            column for factuality.
    """

    says: str
    written: str
    columns: tuple[str, ...] = ()
    rows: Callable[[Iterable[SourcedEvent]], Iterator[Row]] | None = None
    facts_only: bool = False

    @property
    def marks_polarity(self) -> bool:
        """Return True for a shape whose rows say of an event whether it was done or not."""
        return "polarity" in self.columns


_EVENTS = (export_tables.EVENT_COLUMNS, export_tables.event_rows)
_PAIRS = (export_tables.PAIR_COLUMNS, export_tables.pair_rows)
SHAPES = {
    "csv": Shape("one row per event", "csv", *_EVENTS),
    "parquet": Shape("one row per event", "parquet", *_EVENTS),
    "pairs-csv": Shape("one row per actor and recipient", "csv", *_PAIRS),
    "pairs-parquet": Shape("one row per actor and recipient", "parquet", *_PAIRS),
    "plover": Shape("PLOVER records, one JSON object per line", "jsonl", (), export_tables.plover_rows, True),
    "icews": Shape(
        "the columns of ICEWS coded event data, tab-separated", "tsv", export_icews.COLUMNS,
        export_icews.icews_rows, True,
    ),
    "polecat": Shape(
        "the columns of POLECAT, tab-separated", "tsv", export_polecat.COLUMNS, export_polecat.polecat_rows,
        True,
    ),
    "gdelt1": Shape(
        "the 58 columns of GDELT 1.0, tab-separated, no header", "bare-tsv", export_gdelt.COLUMNS_1,
        export_gdelt.gdelt1_rows, True,
    ),
    "gdelt2": Shape(
        "the 61 columns of GDELT 2.0, tab-separated, no header", "bare-tsv", export_gdelt.COLUMNS_2,
        export_gdelt.gdelt2_rows, True,
    ),
    "graphml": Shape("directed dyads, GraphML", "graph", facts_only=True),
    "gexf": Shape("directed dyads, GEXF", "graph", facts_only=True),
    "annotations": Shape("W3C Web Annotations, a page of JSON-LD", "page"),
}  # fmt: skip
# Other names of shapes.
ALIASES = {"gdelt": "gdelt1"}


def shape_name(given: str) -> str:
    """Return the name in `SHAPES` for a name or an alias, in any case.

    Raises:
        UsageError: There is no such shape; the message names similar ones.
    """
    name = ALIASES.get(given.lower(), given.lower())
    if name in SHAPES:
        return name
    near = difflib.get_close_matches(name, [*SHAPES, *ALIASES], n=3)
    meant = f"did you mean {' or '.join(near)}? " if near else ""
    raise UsageError(message=f"no export format {given!r}; {meant}use one of {', '.join(SHAPES)}")


def export(
    record: Record,
    shape: str,
    out: BinaryIO,
    *,
    wanted: EventFilter | None = None,
    everything: bool = False,
    names: dict[str, str] | None = None,
) -> int:
    """Write the events of a filter in a shape, in order of their days; memory use is constant.

    Args:
        record: The record.
        shape: One of `SHAPES`, or another name of one.
        out: The file to write to.
        wanted: The filter.
        everything: Also export events that are not asserted as fact, in shapes that cannot mark them.
        names: Names of parties by id, for graphs.

    Returns:
        Number of rows, objects or edges written.

    Raises:
        UsageError: There is no such shape, or it cannot mark the negations that are asked for.
        MissingExtraError: The shape is a graph and networkx is not installed.
    """
    shape = shape_name(shape)
    chosen, wanted = SHAPES[shape], wanted or EventFilter()
    if not chosen.marks_polarity:
        # What was not done would be read as done.
        if wanted.polarity == "negative":
            raise UsageError(message=f"the shape {shape} cannot mark what was not done; use csv or parquet")
        wanted = msgspec.structs.replace(wanted, negations=False)
    only_facts = chosen.facts_only and not everything
    if chosen.written == "graph":
        wanted = msgspec.structs.replace(wanted, firm=True) if only_facts else wanted
        edges = record.network(since=wanted.since, until=wanted.until, wanted=wanted)
        return write_graph(edges, out, form=shape, names=names or {})
    events = (stored for stored in record.events(wanted) if not only_facts or is_told_as_fact(stored.event))
    if chosen.written == "page":
        return _write_page(annotate_events(events, document=record.document), out)
    rows = chosen.rows(sourced_events(record, events)) if chosen.rows else iter(())
    if chosen.written == "jsonl":
        return _write_lines(rows, out)
    if chosen.written == "parquet":
        schema = arrow_schema({name: _COLUMN_TYPES.get(name, "text") for name in chosen.columns})
        return write_parquet(rows, schema, out)
    return _write_table(rows, chosen.columns, out, form=chosen.written)


def _write_table(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO, *, form: str) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    if form == "csv":
        writer = csv.writer(text, lineterminator="\n")
    else:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    if form != "bare-tsv":
        writer.writerow(columns)
    count = 0
    for row in rows:
        cells = [row[name] for name in columns]
        writer.writerow([_cell(value) if form == "csv" else _plain(value) for value in cells])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: object) -> object:
    return to_cell(value) if isinstance(value, str) else "" if value is None else value


def _plain(value: object) -> str:
    """Return a field without tabs and line ends, for tables without quoting."""
    return "" if value is None else " ".join(str(value).split())


def _write_lines(rows: Iterable[Row], out: BinaryIO) -> int:
    encoder, count = msgspec.json.Encoder(), 0
    for row in rows:
        out.write(encoder.encode(row) + b"\n")
        count += 1
    return count


def _write_page(items: Iterable[dict[str, object]], out: BinaryIO) -> int:
    encoder, count = msgspec.json.Encoder(), 0
    out.write(b'{"@context":' + encoder.encode(CONTEXT) + b',"type":"AnnotationPage","items":[')
    for item in items:
        out.write((b",\n" if count else b"\n") + encoder.encode(item))
        count += 1
    out.write(b"\n]}\n")
    return count
