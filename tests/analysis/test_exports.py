"""What each shape holds: rows from a coded report, exact."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest

from dragoman.analysis.exports import SHAPES, export, shape_name
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
def record(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    import datetime as dt

    kept = Record.open(tmp_path_factory.mktemp("exports") / "r.sqlite")
    document = Document(
        id="d1",
        text=REPORT,
        published_on=dt.date(2022, 2, 9),
        publisher="=Daily",
        url="https://x.example/1",
        title="Spies",
    )
    kept.add(coder.code_document(document), run_id=kept.begin_run("test"))
    yield kept
    kept.close()


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


@pytest.mark.parametrize(
    ("given", "near"),
    [("gdlt1", "gdelt1"), ("icew", "icews"), ("polcat", "polecat"), ("xyz", "use one of csv")],
)
def test_an_unknown_shape_is_told_with_the_near_ones(record: Record, given: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        written(record, given)


def test_gdelt_is_gdelt_1_and_letters_may_be_large(record: Record) -> None:
    assert (shape_name("gdelt"), shape_name("ICEWS")) == ("gdelt1", "icews")
    assert written(record, "gdelt") == written(record, "gdelt1")


def test_csv_names_the_report_the_sentence_and_the_parties(record: Record) -> None:
    first, second = rows(record, "csv")[:2]
    assert (first["url"], first["title"]) == ("https://x.example/1", "Spies")
    assert (first["sentence_number"], first["sentence"]) == ("1", "Arnor accused Gondor of spying.")
    assert (second["sentence_number"], second["actor_names"]) == ("2", "Arnor; Rohan")
    assert rows(record, "pairs-csv")[2]["sentence"] == "Arnor and Rohan signed a trade agreement."


DOCUMENTED = {
    "csv, parquet": "csv", "pairs-csv, pairs-parquet": "pairs-csv", "icews": "icews", "polecat": "polecat",
    "gdelt1, gdelt2": "gdelt2",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "shape"), DOCUMENTED.items())
def test_the_docs_name_every_column(heading: str, shape: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    told = [name for name in re.findall(r"`([^`]+)`", section) if name in SHAPES[shape].columns]
    assert set(told) == set(SHAPES[shape].columns)
