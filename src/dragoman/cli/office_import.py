"""Implementation of `actors import` and `actors stale`."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from dragoman.cli.output import errors
from dragoman.cli.rows import print_rows
from dragoman.errors import NotFoundError, UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.office_changes import TABLE, compare, write_folder
from dragoman.knowledge.office_exports import read_export
from dragoman.knowledge.office_staleness import stale_offices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.knowledge.office_changes import Change, Comparison, Kind

_COLUMNS = ("change", "country", "office", "person", "from", "to", "why")
_STALE_COLUMNS = ("country", "office", "newest_holder", "from", "known_to")
_KINDS: tuple[Kind, ...] = ("new", "changed", "ended", "clash")


def import_offices(
    file: Path, *, out: Path | None, is_dry: bool, as_of: dt.date | None, actors: Sequence[Path], form: str
) -> None:
    """Print the changes in an export relative to the known data, and write them to a folder.

    Raises:
        UsageError: Neither a folder nor a dry run is requested.
        UnreadableError: The file cannot be read, or the folder cannot be written.
    """
    if out is None and not is_dry:
        raise UsageError(message="give --out DIR for the folder to write, or --dry-run to see the difference")
    own = [out] if out is not None and out.is_dir() and out not in actors else []
    book = load_actors(extra=(*actors, *own))
    compared = compare(read_export(file, book), book)
    print_rows((_cells(change) for change in compared.changes), _COLUMNS, form)
    for bad in compared.bad:
        errors.print(Text(f"{bad.where}: {bad.why}", style="red"))
    for change in compared.of("clash"):
        where = f"{change.row.where}: {change.row.country} {change.row.office} {change.row.person}"
        errors.print(Text(f"{where}: clash, left out: {change.why}", style="red"))
    _print_counts(compared)
    if out is not None and not is_dry:
        count = write_folder(compared.changes, out, book, as_of=as_of or dt.date.today())
        errors.print(Text(f"{count} rows written to {out / TABLE}; load them with --actors {out}"))


def _cells(change: Change) -> dict[str, object]:
    row = change.row
    cells = (change.kind, row.country, row.office, row.person, row.start, row.end, change.why)
    return dict(zip(_COLUMNS, cells, strict=True))


def _print_counts(compared: Comparison) -> None:
    told = [f"{len(compared.of(kind))} {kind}" for kind in _KINDS]
    errors.print(Text(f"{', '.join(told)}; {compared.known} known already; {len(compared.bad)} bad rows"))


def list_stale(record: Path | None, on: dt.date | None, *, actors: Sequence[Path], form: str) -> None:
    """Print the offices whose holders are out of date.

    Raises:
        UsageError: A record and a day are both given.
        NotFoundError: No document of the record has a date.
    """
    if record is not None and on is not None:
        raise UsageError(message="--record and --on: give one of them")
    newest = _newest_of(record) if record is not None else on or dt.date.today()
    found = stale_offices(load_actors(extra=tuple(actors)), newest)
    rows = (dict(zip(_STALE_COLUMNS, office, strict=True)) for office in found)
    print_rows(rows, _STALE_COLUMNS, form)
    sys.stderr.write(f"{len(found)} offices are known only to a day over two years before {newest}\n")


def _newest_of(path: Path) -> dt.date:
    from dragoman.record.store import Record

    with Record.open_to_read(path) as record:
        newest = record.newest_day()
    if newest is None:
        raise NotFoundError(
            what="a dated document in", name=str(path), hint="give the day with --on YYYY-MM-DD"
        )
    return newest
