"""Panels of dyads: the same columns and types in CSV, Parquet and frames, whatever the record holds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from dragoman.analysis.panels import COLUMNS, panel_frame, write_panel
from dragoman.errors import UsageError
from dragoman.model.documents import Document
from dragoman.record.store import Record

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline

REPORTS = [
    ("a", dt.date(2022, 1, 10), "France accused Germany of spying. NATO praised France."),
    ("b", dt.date(2022, 1, 20), "Russian jets bombed Kharkiv in Ukraine. France accused Germany of lying."),
    ("c", dt.date(2022, 4, 2), "France and Germany signed a trade agreement."),
    ("d", None, "France accused Germany of theft."),
]


@pytest.fixture(scope="module")
def record(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    kept = Record.open(tmp_path_factory.mktemp("panels") / "r.sqlite")
    run = kept.begin_run("test")
    for name, day, text in REPORTS:
        kept.add(coder.code_document(Document(id=name, text=text, published_on=day)), run_id=run)
    yield kept
    kept.close()


def written(record: Record, form: str, **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    write_panel(record.dyad_panel(**options), out, form=form)
    out.seek(0)
    return out


def test_a_month_of_a_dyad(record: Record) -> None:
    frame = panel_frame(record.dyad_panel(by="month"), library="pandas")
    (row,) = frame[(frame["actor"] == "FRA") & (frame["start"] == "2022-01-01")].to_dict("records")
    assert (row["recipient"], row["reports"], row["events"], row["verbal_conflict"]) == ("DEU", 2, 2, 2)
    assert (row["goldstein_sum"], row["goldstein_mean"], row["intensity_mean"]) == (-4.0, -2.0, -3.5)
    # Germany has other numbers in the two lists of states.
    assert (row["actor_cow"], row["recipient_cow"], row["recipient_gw"]) == (220, 255, 260)
    signed = frame[(frame["start"] == "2022-04-01")]
    assert sorted(signed["actor"]) == ["DEU", "FRA"]
    assert list(signed["goldstein_sum"]) == [8.0, 8.0]


def test_an_organisation_has_no_codes_of_states(record: Record) -> None:
    frame = panel_frame(record.dyad_panel(by="year"), library="pandas")
    (row,) = frame[frame["recipient"].eq("FRA") & ~frame["actor"].eq("DEU")].to_dict("records")
    assert row["events"] == 1
    assert pd.isna(row["actor_alpha3"])
    assert pd.isna(row["actor_cow"])


@pytest.mark.parametrize("wanted", ["all", "none"])
def test_types_do_not_depend_on_the_rows(record: Record, wanted: str) -> None:
    until = None if wanted == "all" else dt.date(1990, 1, 1)
    pandas = panel_frame(record.dyad_panel(zeros=True, until=until), library="pandas")
    polars = panel_frame(record.dyad_panel(zeros=True, until=until), library="polars")
    assert list(pandas.columns) == polars.columns == list(COLUMNS)
    assert len(pandas) == len(polars)
    assert (len(pandas) > 0) == (wanted == "all")
    assert pandas["start"].dtype.kind == "M"
    assert polars["start"].dtype == pl.Date
    assert str(pandas["actor_cow"].dtype) == "Int32"
    numbers = [name for name, kind in COLUMNS.items() if kind in ("count", "real")]
    assert not pandas[numbers].isna().any().any()
    assert all(pandas[name].dtype.kind in "if" for name in numbers)
    with pytest.raises(UsageError, match="pandas or polars"):
        panel_frame([], library="excel")  # type: ignore[arg-type]


def test_csv_and_parquet_hold_what_the_frame_holds(record: Record) -> None:
    frame = panel_frame(record.dyad_panel(by="week", zeros=True), library="polars")
    table = pq.read_table(written(record, "parquet", by="week", zeros=True))
    assert pl.from_arrow(table).equals(frame)
    read = pl.read_csv(written(record, "csv", by="week", zeros=True), try_parse_dates=True)
    assert read.columns == frame.columns
    assert read["start"].dtype == pl.Date
    assert read["goldstein_sum"].to_list() == frame["goldstein_sum"].to_list()
    assert read.null_count()["events"][0] == 0


def test_what_has_no_day_is_in_no_panel(record: Record) -> None:
    frame = panel_frame(record.dyad_panel(by="year"), library="polars")
    assert frame.filter(pl.col("actor") == "FRA")["verbal_conflict"].to_list() == [2]
