"""Answers of the record as data frames, of pandas or Polars as the user likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from dragoman.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

Library = Literal["pandas", "polars"]


def to_frame(rows: Iterable[msgspec.Struct | dict[str, Any]], *, library: Library = "polars") -> Any:
    """Make a data frame of structs or mappings.

    A field that is a mapping (counts by quad class) becomes a column for each of its keys; a field that
    is a list of events or sources becomes their number.

    Args:
        rows: `Record.dyad_series`, `Record.network`, lines of a view, `export_tables.event_rows` ...
        library: pandas or polars.

    Returns:
        A `pandas.DataFrame` or `polars.DataFrame`, one row each, in order.

    Raises:
        UsageError: The library is neither.
        MissingExtraError: It is not installed.
    """
    if library not in ("pandas", "polars"):
        raise UsageError(message=f"library={library!r}: use pandas or polars")
    flat = [_flat(row) for row in rows]
    try:
        if library == "pandas":
            import pandas as pd

            return pd.DataFrame(flat)
        import polars as pl

        return pl.DataFrame(flat, infer_schema_length=None)
    except ModuleNotFoundError as error:
        raise MissingExtraError(package=library, extra="frames", what="data frames") from error


def _flat(row: msgspec.Struct | dict[str, Any]) -> dict[str, Any]:
    fields = row if isinstance(row, dict) else msgspec.structs.asdict(row)
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            flat.update(value)
        elif isinstance(value, msgspec.Struct):
            flat[name] = getattr(value, "id", None) or getattr(value, "text", None) or str(value)
        elif isinstance(value, (tuple, list)):
            ids = [id for item in value if isinstance(id := getattr(item, "id", None), str)]
            flat[name] = " ".join(ids) if ids and len(ids) == len(value) else len(value)
        else:
            flat[name] = value
    return flat
