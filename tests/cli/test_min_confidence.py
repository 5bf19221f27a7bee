"""`--min-confidence` of every command that has it, in one process."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import UsageError
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record

ACTORS = str(data_folder() / "actors_invented")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, quick_code: Callable[[Document], CodedDocument]) -> str:
    """A record of an attack that is likely and a visit that is not."""
    coded = quick_code(Document(id="a", text="Arnor attacked Gondor. Arnor met Gondor."))
    sure, unsure = coded.events
    events = (
        msgspec.structs.replace(sure, carried_by="both"),
        msgspec.structs.replace(unsure, confidence=0.3, carried_by="model"),
    )
    path = tmp_path_factory.mktemp("confidence") / "r.sqlite"
    with Record.open(path) as kept:
        kept.add(msgspec.structs.replace(coded, events=events), run_id=kept.begin_run("test"))
    return str(path)


def told(*words: str) -> str:
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def rows(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told(*words, "--format", "csv"))))


@pytest.mark.parametrize(
    ("least", "kinds"), [("0.3", {"ASSAULT", "CONSULT"}), ("0.31", {"ASSAULT"}), ("1", set())]
)
def test_filters(record: str, tmp_path: Path, least: str, kinds: set[str]) -> None:
    chosen = ("--record", record, "--min-confidence", least)
    assert {row["event_type"] for row in rows("events", *chosen)} == kinds
    assert {row["event_type"] for row in rows("counts", "event_type", *chosen)} == kinds
    assert sum(int(row["events"]) for row in rows("network", *chosen)) == len(kinds)
    assert sum(int(row["events"]) for row in rows("series", "ARN", "GON", *chosen)) == 0  # without a day
    told("export", "csv", *chosen, "-o", str(tmp_path / "out.csv"))
    exported = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text())))
    assert {row["event_type"] for row in exported} == kinds


def test_what_found_an_event_is_told(record: str) -> None:
    assert {row["event_type"]: row["carried_by"] for row in rows("events", "--record", record)} == {
        "ASSAULT": "both",
        "CONSULT": "model",
    }
    table = told("events", "--record", record)
    assert "both 0.90" in table
    assert "model 0.30" in table
    assert "quick; model 0.30]" in told("show", "a", "--record", record)


@pytest.mark.parametrize("command", ["code", "ingest"])
def test_what_is_no_probability_is_refused_before_anything_is_written(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("Arnor met Gondor.")
    path = tmp_path / "r.sqlite"
    words = [command, str(tmp_path / "a.txt"), "--record", str(path), "--min-confidence", "1.5"]
    with pytest.raises(UsageError, match=r"min_confidence 1\.5: give a number from 0 to 1"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert not path.exists()


@pytest.mark.pipeline
@pytest.mark.parametrize("command", ["code", "ingest"])
def test_only_likely_events_are_kept_and_others_are_not_unchanged(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("Arnor accused Gondor of spying.")
    path = tmp_path / "r.sqlite"
    words = (command, str(tmp_path / "a.txt"), "--record", str(path), "--actors", ACTORS)
    for least, events in (("1", 0), ("0.5", 1)):
        told(*words, "--min-confidence", least)
        with Record.open(path) as kept:
            assert kept.stats()["events"] == events
    # Ingest knows what was coded in the same way before, by either command.
    again = told("ingest", *words[1:], "--min-confidence", "0.5", "--list")
    assert again.split("\t")[1] == "unchanged"
    assert told("ingest", *words[1:], "--list").split("\t")[1] == "coded"


@pytest.mark.pipeline
def test_code_prints_only_likely_events(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Arnor accused Gondor of spying.")
    words = ("code", str(tmp_path / "a.txt"), "--actors", ACTORS, "--format", "jsonl")
    assert len(json.loads(told(*words))["events"]) == 1
    assert json.loads(told(*words, "--min-confidence", "1"))["events"] == []
