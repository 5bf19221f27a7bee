"""Structs and mappings as data frames of one typed column a field."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import polars as pl
import pytest

from dragoman.analysis.frames import to_frame
from dragoman.model.documents import Document
from dragoman.record.answers import CountedPlace, DyadPoint, StoredEvent

POINTS = [
    DyadPoint(start=dt.date(2022, 1, 1), events=2, counts={"verbal_conflict": 2}, intensity=-3.0),
    DyadPoint(start=dt.date(2022, 2, 1), events=0, counts={}, intensity=0.0),
]
PLACES = [
    CountedPlace(key="x", name=None, country=None, latitude=None, longitude=None, precision="none", events=1,
                 counts={}),
]  # fmt: skip


def test_fields_have_the_types_that_they_declare() -> None:
    frame = to_frame(POINTS, library="polars")
    assert (frame.schema["start"], frame.schema["events"], frame.schema["intensity"]) == (
        pl.Date, pl.Int64, pl.Float64,
    )  # fmt: skip
    assert frame["verbal_conflict"].to_list() == [2, 0]
    assert frame["material_conflict"].to_list() == [0, 0]


def test_a_column_without_values_has_its_type() -> None:
    polars, pandas = to_frame(PLACES, library="polars"), to_frame(PLACES, library="pandas")
    assert (polars.schema["name"], polars.schema["latitude"]) == (pl.String, pl.Float64)
    assert [kind for kind in pandas.dtypes if kind == "object"] == []
    assert pandas["latitude"].dtype == "float64"


def test_mappings_are_typed_by_their_values() -> None:
    rows = [{"a": 1, "b": "x", "c": True, "d": dt.date(2022, 1, 1)}, {"a": None, "b": None, "c": None}]
    pandas = to_frame(rows, library="pandas")
    assert [str(pandas[name].dtype) for name in "ac"] == ["Int64", "boolean"]
    assert pd.api.types.is_datetime64_any_dtype(pandas["d"])
    mixed = to_frame([{"a": 1}, {"a": "x"}], library="polars")
    assert mixed["a"].to_list() == ["1", "x"]


def test_lists_are_words_ids_or_a_number(quick_code) -> None:
    (event,) = quick_code(Document(id="d", text="Arnor attacked Gondor.")).events
    frame = to_frame([event], library="polars")
    assert frame["actors"].to_list() == ["ARN"]
    assert frame["contexts"].to_list() == ["military"]
    assert frame["amounts"].to_list() == [0]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_events_of_a_record_have_the_columns_of_exports(quick_code, library) -> None:
    (event,) = quick_code(Document(id="d", text="Arnor attacked Gondor.")).events
    stored = StoredEvent(document_id="d", published_on=dt.date(2022, 1, 1), publisher=None, event=event)
    frame = to_frame([stored], library=library)
    assert {"event_id", "day", "actors", "evidence_start", "time_basis"} <= set(frame.columns)
    assert list(frame["event_type"]) == ["ASSAULT"]
    assert len(to_frame([], library=library)) == 0
