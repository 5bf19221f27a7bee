"""`--negations`: what is said not to have been done is coded and listed only when it is asked for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

from .running import output_of as run

TEXT = "Rohan attacked Mordor. Arnor did not attack Gondor."


@pytest.fixture
def kept(tmp_path: Path, quick_code) -> Path:
    with Record.open(tmp_path / "r.sqlite") as record:
        run_id = record.begin_run("test")
        record.add(quick_code(Document(id="war", text=TEXT, published_on=dt.date(2022, 2, 9))), run_id=run_id)
        later = Document(id="more", text="Arnor attacked Gondor.", published_on=dt.date(2022, 2, 10))
        record.add(quick_code(later), run_id=run_id)
        regroup(record)
    return tmp_path / "r.sqlite"


@pytest.mark.parametrize("command", ["events", "entries"])
def test_lists_leave_them_out_unless_asked_for(kept: Path, command: str) -> None:
    words = (command, "--record", kept, "--format", "jsonl")
    lines, all_lines = run(*words).splitlines(), run(*words, "--negations").splitlines()
    assert (len(lines), len(all_lines)) == (2, 3)


def test_networks_count_none(kept: Path) -> None:
    words = ("network", "--record", kept, "--format", "csv")
    assert run(*words) == run(*words, "--negations")


def test_export(kept: Path, tmp_path: Path) -> None:
    for name, options in (("a", ()), ("b", ("--negations",))):
        run("export", "csv", "--record", kept, "-o", tmp_path / name, *options)
    rows = [list(csv.DictReader(io.StringIO((tmp_path / name).read_text()))) for name in "ab"]
    assert [row["polarity"] for row in rows[0]] == ["positive"] * 2
    assert sorted(row["polarity"] for row in rows[1]) == ["negative", "positive", "positive"]


def test_show_tells_all_and_marks_them(kept: Path) -> None:
    (line,) = [
        line for line in run("show", "war", "--record", kept).splitlines() if "[did not attack" in line
    ]
    assert "not done" in line


def test_disputes_of_a_record(kept: Path) -> None:
    (line,) = map(json.loads, run("disputes", "--record", kept, "--format", "jsonl").splitlines())
    assert [source["document_id"] for source in line["accusations"]] == ["more"]
    assert [source["document_id"] for source in line["denials"]] == ["war"]
    assert line["shared"] == ["reports differ"]


@pytest.mark.pipeline
def test_code_ingest_and_explain(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("Iran has not attacked Israel.")
    for options, found in (((), []), (("--negations",), ["negative"])):
        coded = json.loads(run("code", report, "--format", "jsonl", *options))
        assert [event["polarity"] for event in coded["events"]] == found
    record = tmp_path / "r.sqlite"
    run("ingest", report, "--record", record)
    assert run("events", "--record", record, "--negations", "--format", "jsonl") == ""
    # Another choice is another coder: the report is coded again.
    run("ingest", report, "--record", record, "--negations")
    assert len(run("events", "--record", record, "--negations", "--format", "jsonl").splitlines()) == 1
    assert "with --negations" in run("explain", "Iran has not attacked Israel.")
    assert "event: negated: IRN ASSAULT" in run("explain", "Iran has not attacked Israel.", "--negations")
