"""Panels of dyads as tables with fixed columns, dates, and zeros for no events; as CSV, Parquet or frames."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.knowledge.country_codes import codes_of, is_country
from dragoman.model.terms import QUAD_CLASSES
from dragoman.record.event_rows import check_library, frame_of, write_parquet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from dragoman.analysis.frames import Library
    from dragoman.record.answers import DyadPeriod
    from dragoman.record.event_rows import Row

# Name and kind of each column, in order.
COLUMNS = {
    "start": "day", "actor": "text", "recipient": "text", "actor_alpha3": "text", "recipient_alpha3": "text",
    "actor_cow": "whole", "recipient_cow": "whole", "actor_gw": "whole", "recipient_gw": "whole",
    "reports": "count", "events": "count", **dict.fromkeys(QUAD_CLASSES, "count"),
    "goldstein_sum": "real", "goldstein_mean": "real", "intensity_mean": "real",
}  # fmt: skip


def panel_rows(periods: Iterable[DyadPeriod]) -> Iterator[Row]:
    """Yield the rows of a panel, with the codes of its parties.

    Args:
        periods: As returned by `Record.dyad_panel`.
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
        periods: As returned by `Record.dyad_panel`.
        library: pandas or polars.

    Returns:
        A `pandas.DataFrame` or `polars.DataFrame`: `start` is a date, numbers of countries are whole or
        missing, counts and sums are never missing.

    Raises:
        UsageError: The library is neither of these.
        MissingExtraError: It is not installed.
    """
    import pyarrow as pa

    check_library(library)
    table = pa.Table.from_pylist(list(panel_rows(periods)), schema=_schema())
    return frame_of(table, library, to_pandas=_pandas_of)


def _pandas_of(table: pa.Table) -> Any:
    import pandas as pd
    import pyarrow as pa

    whole = {pa.int32(): pd.Int32Dtype()}
    return table.to_pandas(types_mapper=whole.get, date_as_object=False)


def write_panel(periods: Iterable[DyadPeriod], out: BinaryIO, *, form: str) -> int:
    """Write a panel as CSV with a header or as Parquet; memory use is constant.

    Args:
        periods: As returned by `Record.dyad_panel`.
        out: The file to write to.
        form: csv or parquet.

    Returns:
        Number of rows written.
    """
    rows = panel_rows(periods)
    return write_parquet(rows, _schema(), out) if form == "parquet" else _write_csv(rows, out)


def _write_csv(rows: Iterator[Row], out: BinaryIO) -> int:
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
