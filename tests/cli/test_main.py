"""The commands, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.knowledge.loading import data_folder

ACTORS = str(data_folder() / "actors_invented")
TEXT = "Arnor accused Gondor of sheltering rebels on Monday, the foreign ministry in the capital said."


def run(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    (folder / "a.txt").write_text(TEXT)
    (folder / "bad.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def record(folder: Path) -> Path:
    path = folder / "r.sqlite"
    done = run("code", str(folder), "--record", str(path), "--actors", ACTORS)
    assert done.returncode == 0
    assert "EmptyDocumentError: bad.txt" in done.stderr
    return path


@pytest.mark.pipeline
def test_jsonl_alone_is_on_standard_output(folder: Path) -> None:
    done = run("code", str(folder / "a.txt"), "--format", "jsonl", "--actors", ACTORS)
    (line,) = done.stdout.splitlines()
    coded = json.loads(line)
    assert set(coded) >= {"id", "document", "events", "attributions"}
    assert coded["events"][0]["event_type"] == "ACCUSE"


@pytest.mark.pipeline
def test_standard_input() -> None:
    done = run(
        "code", "-", "--format", "jsonl", "--actors", ACTORS, given=json.dumps({"id": "x", "text": TEXT})
    )
    assert json.loads(done.stdout)["id"] == "x"


@pytest.mark.pipeline
def test_the_record_answers(record: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("events", "--record", str(record), "--format", "csv").stdout)))
    assert [(row["actors"], row["event_type"], row["recipients"]) for row in rows] == [
        ("ARN", "ACCUSE", "GON")
    ]
    assert run("events", "--record", str(record), "--actor", "GON", "--format", "jsonl").stdout == ""
    assert "a\t" in run("documents", "--record", str(record)).stdout
    assert "bad.txt" in run("failures", "--record", str(record)).stderr
    assert "ACCUSE/allege" in run("show", "a", "--record", str(record)).stdout


@pytest.mark.pipeline
def test_page(record: Path, tmp_path: Path) -> None:
    done = run("page", "a", "--record", str(record), "-o", str(tmp_path / "a.html"))
    assert done.returncode == 0
    assert "ACCUSE" in (tmp_path / "a.html").read_text()


@pytest.mark.pipeline
def test_explain_says_what_held_and_what_failed() -> None:
    out = run("explain", "Arnor accused Gondor of spying.", "--actors", ACTORS).stdout
    assert "matched" in out
    assert "failed: " in out
    assert "ARN ACCUSE/allege GON" in out


@pytest.mark.pipeline
def test_evaluate_writes_a_line_for_each_case(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "1", "text": TEXT, "actor": [0, 5], "recipient": [14, 20]}) + "\n")
    done = run("evaluate", "relations", str(gold), "--predictions", str(tmp_path / "out.jsonl"))
    assert done.returncode == 0
    assert json.loads((tmp_path / "out.jsonl").read_text()) == {"id": "1", "event_type": "ACCUSE"}


ERRORS = [
    (["events", "--record", "nowhere.sqlite"], "nowhere.sqlite"),
    (["codebook", "show", "NOTHING"], "NOTHING"),
    (["resolve", "the president", "--on", "someday"], "YYYY-MM-DD"),
    (["show", "nowhere.txt"], "nowhere.txt"),
]


@pytest.mark.parametrize(("words", "told"), ERRORS)
def test_errors_are_one_clear_line(words: list[str], told: str) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_resolve_knows_who_held_an_office() -> None:
    assert "medvedev" in run("resolve", "the Russian president", "--on", "2010-05-01").stdout.lower()


def test_codebook_show_prints_the_entry() -> None:
    out = run("codebook", "show", "accuse").stdout
    assert "ACCUSE" in out
    assert "Excludes" in out
