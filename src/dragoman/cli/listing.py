"""`dragoman list`: the filter values of the package and of a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import Format
from dragoman.cli.rows import print_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from dragoman.record.store import Record

Row = dict[str, Any]
# Values found in a record but not in the package.
_OWN = "of a codebook of your own"


def add_list(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("list")(list_values)


def list_values(
    what: Annotated[
        str, typer.Argument(help="types, modes, contexts, issues, actors, publishers, places or speakers.")
    ],
    record: Annotated[
        Path | None, typer.Option("--record", help="Also count the events of this record for each value.")
    ] = None,
    search: Annotated[str | None, typer.Option(help="Only values that contain these letters.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of rows.")] = 200,
    form: Format = "table",
) -> None:
    """List the values that filters accept.

    Publishers, places and speakers are listed from a record; the other values need no record.

    Examples:
      dragoman list types

      dragoman list actors --search korea

      dragoman list publishers --record news.sqlite
    """
    from dragoman.analysis.filters import near
    from dragoman.errors import UsageError
    from dragoman.record.store import Record

    if what not in _LISTS:
        raise UsageError(message=f"no list {what!r}; {near(what, _LISTS)}")
    make, needs_record = _LISTS[what]
    if needs_record and record is None:
        raise UsageError(message=f"{what} are listed from a record; give one with --record FILE")
    if record is None:
        rows = list(make(None))
    else:
        with Record.open_to_read(record) as kept:
            rows = list(make(kept))
    if search:
        rows = [
            row for row in rows if any(search.casefold() in str(cell).casefold() for cell in row.values())
        ]
    if not rows:
        typer.echo(
            f"none of the {what} holds {search!r}" if search else f"the record has no {what}", err=True
        )
        return
    columns = list(rows[0])
    print_rows(rows[:limit], columns, form)
    if len(rows) > limit:
        typer.echo(f"{limit} of {len(rows)}; use --limit or --search for others", err=True)


def _types(record: Record | None) -> Iterator[Row]:
    from dragoman.knowledge.codebook import load_codebook

    counts = _counts(record, "event_type")
    for entry in load_codebook().types.values():
        row = {"type": entry.id, "quad_class": entry.quad_class, "definition": entry.definition}
        yield row | _counted(counts, entry.id)
    for name in _others(counts, load_codebook().types):
        yield {"type": name, "quad_class": "", "definition": _OWN} | _counted(counts, name)


def _modes(record: Record | None) -> Iterator[Row]:
    from dragoman.knowledge.codebook import load_codebook

    counts = _counts(record, "event_mode")
    for entry in load_codebook().types.values():
        for mode in entry.modes.values():
            row = {"mode": mode.id, "type": entry.id, "definition": mode.definition}
            yield row | _counted(counts, mode.id)
    known = {mode for entry in load_codebook().types.values() for mode in entry.modes}
    for name in _others(counts, known):
        yield {"mode": name, "type": "", "definition": _OWN} | _counted(counts, name)


def _contexts(record: Record | None) -> Iterator[Row]:
    from dragoman.model.terms import CONTEXTS

    counts = _counts(record, "context")
    for name in (*CONTEXTS, *_others(counts, CONTEXTS)):
        yield {"context": name} | _counted(counts, name)


def _issues(record: Record | None) -> Iterator[Row]:
    from dragoman.knowledge.issues import load_issues
    from dragoman.record.queries import EventFilter

    for issue in load_issues().issues.values():
        row: Row = {"issue": issue.id, "name": issue.name}
        if record is not None:
            row["events"] = record.total(EventFilter(matter=issue.alternatives))
        yield row


def _actors(record: Record | None) -> Iterator[Row]:
    from dragoman.knowledge.actors import load_actors

    actors = load_actors()
    if record is None:
        for entry in actors.entries.values():
            yield {"id": entry.id, "name": entry.name, "kind": entry.kind, "country": entry.country or ""}
        return
    for key, count in record.counts(by="party").items():
        known: Any = actors.get(key)
        kind = getattr(known, "kind", "person") if known is not None else ""
        yield {"id": key, "name": known.name if known is not None else "", "kind": kind, "events": count}


def _publishers(record: Record | None) -> Iterator[Row]:
    assert record is not None
    counts = record.counts(by="publisher")
    for name in record.publishers():
        yield {"publisher": name, "events": counts.get(name, 0)}


def _speakers(record: Record | None) -> Iterator[Row]:
    assert record is not None
    for key, count in record.counts(by="speaker").items():
        yield {"speaker": key, "events": count}


def _places(record: Record | None) -> Iterator[Row]:
    assert record is not None
    for place in record.places():
        yield {
            "place": place.key, "name": place.name or "", "country": place.country or "",
            "precision": place.precision, "events": place.events,
        }  # fmt: skip


_LISTS: dict[str, tuple[Callable[[Record | None], Iterator[Row]], bool]] = {
    "types": (_types, False), "modes": (_modes, False), "contexts": (_contexts, False),
    "issues": (_issues, False), "actors": (_actors, False), "publishers": (_publishers, True),
    "places": (_places, True), "speakers": (_speakers, True),
}  # fmt: skip


def _counts(record: Record | None, by: Any) -> dict[str, int] | None:
    return None if record is None else record.counts(by=by)


def _others(counts: dict[str, int] | None, known: Collection[str]) -> list[str]:
    """Return the values of a record that are not in the package."""
    return [name for name in counts or () if name not in known]


def _counted(counts: dict[str, int] | None, name: str) -> Row:
    return {} if counts is None else {"events": counts.get(name, 0)}
