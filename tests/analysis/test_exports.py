"""What each shape holds: rows from a coded report, exact."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest

from dragoman.analysis.export_tables import GDELT_COLUMNS, ICEWS_COLUMNS
from dragoman.analysis.exports import SHAPES, export
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.model.documents import Document
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

pytestmark = pytest.mark.pipeline

REPORT = (
    "Arnor accused Gondor of spying. Arnor and Rohan signed a trade agreement. "
    "If Gondor attacks Arnor, Rohan will attack Gondor. =HYPERLINK(1) "
    "Gondor expelled diplomats from Rohan and Dale."
)


@pytest.fixture(scope="module")
def record(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Record:
    import datetime as dt

    kept = Record.open(tmp_path_factory.mktemp("exports") / "r.sqlite")
    document = Document(
        id="d1", text=REPORT, published_on=dt.date(2022, 2, 9), publisher="=Daily", url="https://x.example/1"
    )
    kept.add(coder.code_document(document), run_id=kept.begin_run("test"))
    return kept


def written(record: Record, shape: str, **options: object) -> bytes:
    out = io.BytesIO()
    export(record, shape, out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def rows(record: Record, shape: str, **options: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(record, shape, **options).decode())))


def test_csv_has_every_event_and_no_formula(record: Record) -> None:
    found = rows(record, "csv")
    assert [(r["event_type"], r["actors"], r["recipients"], r["conditional"]) for r in found] == [
        ("ACCUSE", "ARN", "GON", "False"),
        ("SUPPORT", "ARN ROH", "", "False"),
        ("ASSAULT", "GON", "ARN", "True"),
        ("THREATEN", "ROH", "GON", "True"),
        ("SANCTION", "GON", "ROH:GOV DAL:GOV", "False"),
    ]
    assert {r["publisher"] for r in found} == {"'=Daily"}
    assert {r["carried_by"] for r in found} == {"rule"}
    for row in found:
        start, end = int(row["evidence_start"]), int(row["evidence_end"])
        assert REPORT[start:end] == row["evidence"]


def test_pairs_have_both_directions_of_a_mutual_act(record: Record) -> None:
    found = [(r["event_type"], r["actor_country"], r["recipient_country"]) for r in rows(record, "pairs-csv")]
    assert found == [
        ("ACCUSE", "ARN", "GON"),
        ("SUPPORT", "ARN", "ROH"),
        ("SUPPORT", "ROH", "ARN"),
        ("ASSAULT", "GON", "ARN"),
        ("THREATEN", "ROH", "GON"),
        ("SANCTION", "GON", "ROH"),
        ("SANCTION", "GON", "DAL"),
    ]


@pytest.mark.parametrize("shape", ["parquet", "pairs-parquet"])
def test_parquet_holds_what_csv_holds(record: Record, shape: str) -> None:
    table = pq.read_table(io.BytesIO(written(record, shape))).to_pylist()
    plain = rows(record, shape.replace("parquet", "csv"))
    assert [r["evidence"] for r in table] == [r["evidence"] for r in plain]
    assert [r["day"].isoformat() for r in table] == [r["day"] for r in plain]


def test_icews_tells_facts_only_unless_all_is_asked(record: Record) -> None:
    lines = written(record, "icews").decode().splitlines()
    assert tuple(lines[0].split("\t")) == ICEWS_COLUMNS
    assert [line.split("\t")[4:6] for line in lines[1:]] == [
        ["ARN", "ACCUSE (allege)"], ["ARN", "SUPPORT"], ["ROH", "SUPPORT"],
        ["GON", "SANCTION (expel)"], ["GON", "SANCTION (expel)"],
    ]  # fmt: skip
    assert len(written(record, "icews", everything=True).decode().splitlines()) == 8


def test_gdelt_has_58_columns_and_no_header(record: Record) -> None:
    lines = [dict(zip(GDELT_COLUMNS, line.split("\t"), strict=True))
             for line in written(record, "gdelt").decode().splitlines()]  # fmt: skip
    assert len(GDELT_COLUMNS) == 58
    first = lines[0]
    assert (first["SQLDATE"], first["MonthYear"], first["Year"]) == ("20220209", "202202", "2022")
    assert (first["Actor1CountryCode"], first["Actor2CountryCode"], first["QuadClass"]) == ("ARN", "GON", "3")
    assert first["EventRootCode"] == first["EventCode"][:2] == "11"


def test_plover_is_json_a_line(record: Record) -> None:
    first = json.loads(written(record, "plover").splitlines()[0])
    assert (first["event_type"], first["event_mode"], first["quad_code"]) == (
        "ACCUSE",
        "allege",
        "verbal_conflict",
    )
    assert [party["country"] for party in first["actor"]] == ["ARN"]


@pytest.mark.parametrize(("shape", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graphs_are_read_back(record: Record, shape: str, read) -> None:
    graph = read(io.BytesIO(written(record, shape, names={"ARN": "Arnor"})))
    assert graph.nodes["ARN"]["label"] == "Arnor"
    assert graph.edges["GON", "ROH"]["material_conflict"] == 1
    assert not graph.has_edge("ROH", "GON")


def test_annotations_point_at_the_words(record: Record) -> None:
    page = json.loads(written(record, "annotations"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == 5
    for item in page["items"]:
        for target in item["target"]:
            place, quotation = target["selector"]
            assert target["source"] == "https://x.example/1"
            assert REPORT[place["start"] : place["end"]] == quotation["exact"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_filter_that_nothing_passes_gives_a_whole_empty_file(record: Record, shape: str) -> None:
    out = io.BytesIO()
    assert export(record, shape, out, wanted=EventFilter(actor="MOR")) == 0


def test_an_unknown_shape_is_told(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="icews"):
        written(record, "xlsx")
