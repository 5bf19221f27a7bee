"""Events of a record in a loop, as tables, and in a notebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dragoman.errors import RecordError, UsageError
from dragoman.model.documents import Document
from dragoman.record.event_rows import COLUMN_TYPES, frame_of
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

TEXT = "Arnor attacked Gondor with 500 troops. Gondor accused Arnor. Rohan helped <b>them</b>. Arnor met."


@pytest.fixture
def record(tmp_path: Path, quick_code) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite") as record:
        for number, day in enumerate([dt.date(2022, 2, 1), dt.date(2022, 3, 1), None]):
            document = Document(id=f"d{number}", text=TEXT, published_on=day, publisher="Herald")
            record.add(quick_code(document), run_id=record.begin_run("test"))
        yield record


def test_a_record_has_a_length_and_is_gone_through(record: Record, tmp_path: Path) -> None:
    assert len(record) == len(list(record)) == len(list(record.events(EventFilter(background=True)))) == 12
    with Record.open(tmp_path / "empty.sqlite") as empty:
        assert (len(empty), list(empty), bool(empty)) == (0, [], True)


def test_results_are_an_iterator_and_tables_hold_all_of_them(record: Record) -> None:
    found = record.events(EventFilter(event_type="ASSAULT"))
    first = next(found)
    assert first.event.event_type == "ASSAULT"
    assert len(list(found)) == 2
    assert list(found) == []
    assert found.to_arrow().num_rows == 3


def test_a_table_has_one_typed_column_a_field(record: Record) -> None:
    table = record.events().to_arrow()
    assert table.column_names == list(COLUMN_TYPES)
    types = {name: table.schema.field(name).type for name in table.column_names}
    assert (types["day"], types["intensity"], types["quoted"], types["evidence_start"]) == (
        pa.date32(), pa.float64(), pa.bool_(), pa.int64(),
    )  # fmt: skip
    # Columns that no event fills have their type too, and so has a table without events.
    assert table["cameo"].null_count == table.num_rows and types["cameo"] == pa.string()
    assert record.events(EventFilter(actor="nobody")).to_arrow().schema == table.schema
    row = table.to_pylist()[0]
    assert (row["actors"], row["recipients"], row["amounts"]) == ("ARN", "GON", "500 troops")


def test_frames_keep_dates_and_have_no_columns_of_objects(record: Record) -> None:
    pandas, polars = record.events().to_pandas(), record.events().to_polars()
    assert len(pandas) == len(polars) == 12
    assert [str(kind) for kind in pandas.dtypes if kind == "object"] == []
    assert pd.api.types.is_datetime64_any_dtype(pandas["day"])
    assert polars.schema["day"] == pl.Date
    assert polars.schema["cameo"] == pl.String
    assert polars["day"].null_count() == 4
    assert pandas["day"].isna().sum() == 4


def test_numbers_and_flags_with_gaps_stay_what_they_are() -> None:
    table = pa.table({"n": pa.array([1, None]), "yes": pa.array([True, None]), "x": pa.array([1.5, None])})
    frame = frame_of(table, "pandas")
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "boolean", "float64"]
    with pytest.raises(UsageError, match="use pandas or polars"):
        frame_of(table, "excel")


def test_a_notebook_shows_a_table_in_which_reports_are_escaped(record: Record) -> None:
    shown = record.events()._repr_html_()
    assert shown.count("<tr>") == 13
    assert "12 events" in shown
    assert "<b>" not in shown and "&lt;b&gt;" in shown
    assert next(record.events())._repr_html_().count("<tr>") == 2


def test_tables_of_a_closed_record_say_so(tmp_path: Path, record: Record) -> None:
    other = Record.open(tmp_path / "other.sqlite")
    found = other.events()
    other.close()
    with pytest.raises(RecordError, match="is closed"):
        found.to_arrow()
    assert "closed" in found._repr_html_()
