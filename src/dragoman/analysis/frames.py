"""Answers of the record as data frames, of pandas or Polars as the user likes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from dragoman.errors import MissingExtraError, UsageError
from dragoman.model.terms import QUAD_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable

Library = Literal["pandas", "polars"]


def to_frame(rows: Iterable[msgspec.Struct | dict[str, Any]], *, library: Library = "polars") -> Any:
    """Make a data frame of structs or mappings.

    Counts by quad class become a column for each class, with 0 where there are none; another mapping one
    for each of its keys. A field that is a list of events or sources becomes their number. Days are dates.
    For a panel of dyads take `panels.panel_frame`, whose columns do not depend on the rows.

    Args:
        rows: `Record.dyad_series`, `Record.network`, lines of a view, `export_tables.event_rows` ...
        library: pandas or polars.

    Returns:
        A `pandas.DataFrame` or `polars.DataFrame`, one row each, in order.

    Raises:
        UsageError: The library is neither.
        MissingExtraError: It is not installed.
    """
    check_library(library)
    flat = [_flat(row) for row in rows]
    try:
        if library == "pandas":
            import pandas as pd

            frame = pd.DataFrame(flat)
            for name in frame.columns:
                if any(type(value) is dt.date for value in frame[name]):
                    frame[name] = pd.to_datetime(frame[name])
            return frame
        import polars as pl

        return pl.DataFrame(flat, infer_schema_length=None)
    except ModuleNotFoundError as error:
        raise MissingExtraError(package=library, extra="frames", what="data frames") from error


def check_library(library: str) -> None:
    """Refuse a library that makes no frames here.

    Raises:
        UsageError: It is neither pandas nor polars.
    """
    if library not in ("pandas", "polars"):
        raise UsageError(message=f"library={library!r}: use pandas or polars")


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
            ids = [id for item in value if isinstance(id := getattr(item, "id", None), str)]
            flat[name] = " ".join(ids) if ids and len(ids) == len(value) else len(value)
        else:
            flat[name] = value
    return flat
