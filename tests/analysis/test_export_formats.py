"""The formats of other data sets, read by pandas with the types that their codebooks publish."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dragoman.analysis import export_gdelt, export_icews, export_polecat
from dragoman.analysis.exports import export
from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline

# Four reports of three publishers: three tell of the same strike, the fourth of other things.
STRIKE = "Russian jets bombed the Ukrainian town of Kharkiv on 7 February 2022."
REPORTS = [
    ("a", "Alpha", STRIKE + " The mayor called it the worst raid of the winter."),
    ("b", "Beta", "Officials said so.\n\n" + STRIKE),
    ("c", "Beta", STRIKE + " Firefighters searched the rubble for survivors."),
    (
        "d",
        "Gamma",
        'France urged Iran to release two prisoners. NATO praised "Germany".\tIran and France met.',
    ),
]


@pytest.fixture(scope="module")
def record(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    kept = Record.open(tmp_path_factory.mktemp("formats") / "r.sqlite")
    run = kept.begin_run("test")
    for name, publisher, text in REPORTS:
        document = Document(
            id=name, text=text, published_on=dt.date(2022, 2, 8), publisher=publisher, title=f"Report {name}",
            url=f"https://{publisher.lower()}.example/{name}",
        )  # fmt: skip
        kept.add(coder.code_document(document), run_id=run)
    regroup(kept)
    yield kept
    kept.close()


def read(record: Record, shape: str, **options: object) -> pd.DataFrame:
    out = io.BytesIO()
    export(record, shape, out, everything=True)
    out.seek(0)
    return pd.read_csv(out, sep="\t", quoting=3, **options)  # type: ignore[call-overload]


def _gdelt_types(columns: tuple[str, ...]) -> dict[str, str]:
    """The types of the codebooks: ids, dates and counts are whole numbers, codes are text."""
    whole = {"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions",
             "NumSources", "NumArticles", "DATEADDED", "Actor1Geo_Type", "Actor2Geo_Type",
             "ActionGeo_Type"}  # fmt: skip
    real = {"FractionDate", "GoldsteinScale", "AvgTone"}
    kinds = {name: "int64" for name in whole} | {name: "float64" for name in real}
    ends = ("Lat", "Long")
    return {name: kinds.get(name, "float64" if name.endswith(ends) else "str") for name in columns}


@pytest.mark.parametrize(
    ("shape", "columns", "count", "added"),
    [
        ("gdelt1", export_gdelt.COLUMNS_1, 58, 20220208),
        ("gdelt2", export_gdelt.COLUMNS_2, 61, 20220208000000),
    ],
)
def test_gdelt(record: Record, shape: str, columns: tuple[str, ...], count: int, added: int) -> None:
    assert len(columns) == count
    table = read(record, shape, header=None, names=columns, dtype=_gdelt_types(columns))
    assert table["GLOBALEVENTID"].is_unique
    assert (table["DATEADDED"] == added).all()
    assert table["EventCode"].str.fullmatch(r"\d{3,4}").all()
    strike = table[(table["Actor1CountryCode"] == "RUS") & (table["EventRootCode"] == "19")].iloc[0]
    assert strike["SQLDATE"] == 20220207
    assert (strike["NumMentions"], strike["NumArticles"], strike["NumSources"]) == (3, 3, 2)
    assert strike["SOURCEURL"].startswith("https://")
    assert (strike["ActionGeo_CountryCode"], strike["QuadClass"]) == ("UP", 4)
    appeal = table[table["EventRootCode"] == "02"].iloc[0]
    assert (appeal["Actor1CountryCode"], appeal["Actor2CountryCode"]) == ("FRA", "IRN")
    # CAMEO counts appeals to verbal cooperation, whatever PLOVER does.
    assert (appeal["EventCode"], appeal["QuadClass"]) == ("0253", 1)
    nato = table[table["Actor1Name"].str.startswith("NORTH ATLANTIC", na=False)].iloc[0]
    assert (nato["Actor1Code"], nato["Actor1KnownGroupCode"]) == ("IGONAT", "NAT")


def test_gdelt_has_each_thing_once(record: Record) -> None:
    table = read(record, "gdelt1", header=None, names=export_gdelt.COLUMNS_1)
    assert len(table[table["EventRootCode"] == 19]) == 1
    assert list(read(record, "icews")["CAMEO Code"]).count(195) == 3


def test_lead_paragraph_is_told_from_the_rest(record: Record) -> None:
    source = {
        pair.stored.document_id: pair.source.in_lead
        for pair in export_gdelt.numbered_pairs_of(_sourced(record))
        if pair.stored.event.event_type == "ASSAULT"
    }
    assert source == {"a": True, "b": False, "c": True}


def _sourced(record: Record):
    from dragoman.analysis.export_sources import sourced_events

    return sourced_events(record, record.events())


def test_icews(record: Record) -> None:
    """The types are those of `read_events_tsv` of the R package; its whole numbers have 32 bits."""
    types = {"Event ID": "int32", "Intensity": "float64", "Story ID": "int32", "Sentence Number": "int32",
             "Latitude": "float64", "Longitude": "float64"}  # fmt: skip
    columns = export_icews.COLUMNS
    table = read(record, "icews", dtype={name: types.get(name, "str") for name in columns},
                 parse_dates=["Event Date"])  # fmt: skip
    assert tuple(table.columns) == columns
    assert table["Event ID"].is_unique
    assert (table["Event Date"].dt.year == 2022).all()
    appeal = table[table["CAMEO Code"] == "0253"].iloc[0]
    assert appeal["Event Text"] == "Appeal for release of persons or property"
    assert (appeal["Source Country"], appeal["Target Country"]) == ("France", "Iran")
    assert (appeal["Intensity"], appeal["Sentence Number"], appeal["Publisher"]) == (-0.3, 1, "Gamma")
    strike = table[table["Source Country"] == "Russian Federation"].iloc[0]
    assert (strike["City"], strike["Country"]) == ("Kharkiv", "Ukraine")


def test_polecat(record: Record) -> None:
    columns = export_polecat.COLUMNS
    table = read(record, "polecat", parse_dates=["Event Date", "Publication Date"],
                 dtype={"Intensity": "float64", "Latitude": "float64", "GeoNames ID": "Int64",
                        "Actor COW": "str"})  # fmt: skip
    assert tuple(table.columns) == columns
    assert len(columns) == 40
    strike = table[table["Event Type"] == "ASSAULT"].iloc[0]
    assert (strike["Actor Country"], strike["Actor COW"]) == ("RUS", "365")
    assert (strike["Quad Code"], strike["Event Mode"]) == ("MATERIAL CONFLICT", "aerial")
    assert (strike["City"], strike["Country"], strike["Raw Placename"]) == ("Kharkiv", "UKR", "Kharkiv")
    assert strike["GeoNames ID"] > 0
    met = table[table["Event Type"] == "CONSULT"].iloc[0]
    assert (met["Actor Country"], met["Actor COW"]) == ("IRN; FRA", "630; 220")
    assert met["Actor Name Raw"] == "Iran; France"
    assert pd.isna(met["Recipient Country"])
