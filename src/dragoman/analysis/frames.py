"""Query results of the record as pandas or Polars data frames."""

from __future__ import annotations

import datetime as dt
import types
import typing
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import pyarrow as pa

from dragoman.model.terms import QUAD_CLASSES
from dragoman.record.answers import StoredEvent
from dragoman.record.event_rows import check_library, event_table, frame_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Library = Literal["pandas", "polars"]
_KINDS: dict[Any, pa.DataType] = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us"),
}  # fmt: skip


def to_frame(rows: Iterable[msgspec.Struct | dict[str, Any]], *, library: Library = "polars") -> Any:
    """Make a data frame of structs or mappings, one typed column per field.

    Events of a record become the columns of `Record.events(...).to_pandas()`. Counts by quad class become a
    column for each class, 0 if missing; any other mapping becomes one for each of its keys. A field that is a
    list of actors becomes their ids separated by spaces, any other list its length. Days are dates. The types
    of a struct's fields are those it declares, so a column without values has its type too. For a panel of
    dyads use `panels.panel_frame`, whose columns do not depend on the rows.

    Args:
        rows: `Record.events`, `Record.dyad_series`, `Record.network`, lines of a view,
            `export_tables.event_rows` ...
        library: pandas or polars.

    Returns:
        A `pandas.DataFrame` or `polars.DataFrame`, one row each, in order.

    Raises:
        UsageError: The library is neither of these.
        MissingExtraError: It is not installed.
    """
    check_library(library)
    given = list(rows)
    if given and all(isinstance(row, StoredEvent) for row in given):
        return frame_of(event_table(typing.cast("list[StoredEvent]", given)), library)
    return frame_of(_table(given), library)


def _table(rows: list[msgspec.Struct | dict[str, Any]]) -> pa.Table:
    declared: dict[str, pa.DataType] = {}
    for kind in dict.fromkeys(type(row) for row in rows):
        declared |= _declared(kind)
    flat = [_flat(row) for row in rows]
    names = dict.fromkeys(name for row in flat for name in row)
    columns = {name: _column([row.get(name) for row in flat], declared.get(name)) for name in names}
    return pa.table(columns)


def _declared(kind: type) -> dict[str, pa.DataType]:
    """Return the types of the single-valued fields of a struct."""
    if not issubclass(kind, msgspec.Struct):
        return {}
    hints = typing.get_type_hints(kind)
    return {name: found for name, hint in hints.items() if (found := _kind_of(hint)) is not None}


def _kind_of(hint: Any) -> pa.DataType | None:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        kinds = {_kind_of(part) for part in parts if part is not type(None)}
        return kinds.pop() if len(kinds) == 1 else None
    if origin is Literal:
        return _KINDS.get(type(parts[0]))
    return _KINDS.get(hint)


def _column(values: list[Any], declared: pa.DataType | None) -> pa.Array:
    try:
        found = pa.array(values, declared)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Values of different kinds can share a column only as text.
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


def _flat(row: msgspec.Struct | dict[str, Any]) -> dict[str, Any]:
    fields = row if isinstance(row, dict) else msgspec.structs.asdict(row)
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "counts":
            flat.update({quad: value.get(quad, 0) for quad in QUAD_CLASSES})
        elif isinstance(value, dict):
            flat.update(value)
        elif isinstance(value, msgspec.Struct):
            flat[name] = getattr(value, "id", None) or getattr(value, "text", None) or str(value)
        elif isinstance(value, (tuple, list)):
            flat[name] = _listed(value)
        else:
            flat[name] = value
    return flat


def _listed(values: tuple[Any, ...] | list[Any]) -> str | int:
    if values and all(isinstance(value, str) for value in values):
        return " ".join(values)
    ids = [id for item in values if isinstance(id := getattr(item, "id", None), str)]
    return " ".join(ids) if ids and len(ids) == len(values) else len(values)
