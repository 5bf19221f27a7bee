"""Panels of dyads as tables: fixed columns, real dates, zeros where nothing is told; CSV, Parquet, frames."""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.analysis.frames import check_library
from dragoman.errors import MissingExtraError
from dragoman.knowledge.country_codes import codes_of, is_country
from dragoman.model.terms import QUAD_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from dragoman.analysis.frames import Library
    from dragoman.record.answers import DyadPeriod

# Name and kind of each column, in order.
COLUMNS = {
    "start": "day", "actor": "text", "recipient": "text", "actor_alpha3": "text", "recipient_alpha3": "text",
    "actor_cow": "whole", "recipient_cow": "whole", "actor_gw": "whole", "recipient_gw": "whole",
    "reports": "count", "events": "count", **dict.fromkeys(QUAD_CLASSES, "count"),
    "goldstein_sum": "real", "goldstein_mean": "real", "intensity_mean": "real",
}  # fmt: skip
_ROWS_AT_ONCE = 20_000


def panel_rows(periods: Iterable[DyadPeriod]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a panel, with the codes of its parties.

    Args:
        periods: As `Record.dyad_panel` gives them.
    """
    for period in periods:
        actor, recipient = codes_of(period.actor), codes_of(period.recipient)
        yield {
            "start": period.start,
            "actor": period.actor,
            "recipient": period.recipient,
            "actor_alpha3": period.actor if is_country(period.actor) else None,
            "recipient_alpha3": period.recipient if is_country(period.recipient) else None,
            "actor_cow": actor.cow,
            "recipient_cow": recipient.cow,
            "actor_gw": actor.gw,
            "recipient_gw": recipient.gw,
            "reports": period.reports,
            "events": period.events,
            **{quad: period.counts.get(quad, 0) for quad in QUAD_CLASSES},
            "goldstein_sum": period.goldstein_sum,
            "goldstein_mean": period.goldstein_mean,
            "intensity_mean": period.intensity_mean,
        }


def panel_frame(periods: Iterable[DyadPeriod], *, library: Library = "polars") -> Any:
    """Make a data frame of a panel; its columns and their types do not depend on the rows.

    Args:
        periods: As `Record.dyad_panel` gives them.
        library: pandas or polars.

    Returns:
        A `pandas.DataFrame` or `polars.DataFrame`: `start` is a date, numbers of countries are whole or
        missing, counts and sums are never missing.

    Raises:
        UsageError: The library is neither.
        MissingExtraError: It is not installed.
    """
    import pyarrow as pa

    check_library(library)
    table = pa.Table.from_pylist(list(panel_rows(periods)), schema=_schema())
    try:
        if library == "pandas":
            import pandas as pd

            whole = {pa.int32(): pd.Int32Dtype()}
            return table.to_pandas(types_mapper=whole.get, date_as_object=False)
        import polars as pl

        return pl.from_arrow(table)
    except ModuleNotFoundError as error:
        raise MissingExtraError(package=library, extra="frames", what="data frames") from error


def write_panel(periods: Iterable[DyadPeriod], out: BinaryIO, *, form: str) -> int:
    """Write a panel as CSV with a header or as Parquet; memory does not grow with the rows.

    Args:
        periods: As `Record.dyad_panel` gives them.
        out: Where to write.
        form: csv or parquet.

    Returns:
        How many rows were written.
    """
    rows = panel_rows(periods)
    return _write_parquet(rows, out) if form == "parquet" else _write_csv(rows, out)


def _write_csv(rows: Iterator[dict[str, Any]], out: BinaryIO) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.flush()
    text.detach()
    return count


def _write_parquet(rows: Iterator[dict[str, Any]], out: BinaryIO) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    count = 0
    with pq.ParquetWriter(out, _schema(), compression="zstd") as writer:
        while batch := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(batch, schema=_schema()))
            count += len(batch)
    return count


def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds = {
        "day": pa.date32(), "text": pa.string(), "whole": pa.int32(), "count": pa.int64(),
        "real": pa.float64(),
    }  # fmt: skip
    # Only the codes of parties may be missing: organisations have none.
    may_lack = ("text", "whole")
    fields = [pa.field(name, kinds[kind], nullable=kind in may_lack) for name, kind in COLUMNS.items()]
    return pa.schema(fields)
