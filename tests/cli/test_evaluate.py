"""`dragoman evaluate`, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.evaluating import Options, evaluate_task
from dragoman.errors import DragomanError
from dragoman.knowledge.loading import data_folder

ACTORS = str(data_folder() / "actors_invented")
TEXT = "Arnor accused Gondor of spying."


def evaluate(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", "evaluate", *words, "--actors", ACTORS]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    span = {"start": 0, "end": len(TEXT), "text": TEXT}
    event = {"evidence": span, "types": ["ACCUSE"], "actors": ["ARN"], "recipients": ["GON"], "firm": True}
    rows = [
        {"id": "a", "text": TEXT, "published_on": "2022-02-03", "events": [event], "optional": []},
        {"id": "b", "text": "Arnor praised Gondor.", "published_on": "2022-02-04", "events": [event]},
        {"id": "c", "text": "Arnor met Gondor.", "published_on": "2022-02-26", "events": [event]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join([json.dumps(rows[0]), "{bad", *map(json.dumps, rows[1:])]) + "\n")
    return path


@pytest.mark.pipeline
def test_events(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = evaluate("events", str(gold), "--predictions", str(out), "--format", "json", "--detail")
    assert done.returncode == 0
    figures = json.loads(done.stdout)
    assert (figures["items"], figures["right"], figures["wrong"]) == (3, 1, 2)
    assert [line.split()[:2] for line in figures["detail"]] == [
        ["b", "missed"], ["b", "wrong"], ["c", "missed"], ["c", "wrong"],
    ]  # fmt: skip
    coded = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in coded] == ["a", "b", "c"]
    assert set(coded[0]) >= {"id", "document", "events", "attributions"}
    bad, summary = done.stderr.splitlines()
    assert bad.startswith("gold.jsonl:2: not JSON")
    assert summary == f"3 predictions written to {out}; 1 bad lines, counted as wrong"


@pytest.mark.pipeline
def test_tables_show_blind_texts_apart_and_list_none(gold: Path, tmp_path: Path) -> None:
    done = evaluate(
        "events", str(gold), "--predictions", str(tmp_path / "o"), "--blind-from", "25", "--detail"
    )
    assert done.returncode == 0
    before, _, blind = done.stdout.partition("from 25: figure")
    assert "before 25: figure" in before
    assert "0.5000" in before
    assert "0.0000" in blind
    assert "b missed ACCUSE" in done.stdout
    assert "c missed" not in done.stdout


@pytest.mark.pipeline
def test_events_below_the_confidence_are_not_coded(gold: Path, tmp_path: Path) -> None:
    done = evaluate(
        "events", str(gold), "--predictions", str(tmp_path / "o"), "--format", "json", "--min-confidence", "1"
    )
    assert json.loads(done.stdout)["coded"] == 0


# Task, gold, predictions, options, words of the error.
ERRORS = [
    ("evens", "gold.jsonl", "out", {}, "no task 'evens'"),
    ("events", "gold.jsonl", "gold.jsonl", {}, "that is the gold file"),
    ("events", "nowhere", "out", {}, "No such file"),
    ("events", "gold.jsonl", "nowhere/out", {}, "No such file"),
    ("events", "gold.jsonl", "out", {"form": "xml"}, "table, json"),
    ("events", "gold.jsonl", "out", {"min_confidence": 1.5}, "from 0 to 1"),
    ("relations", "gold.jsonl", "out", {"is_detailed": True}, "are for events"),
    ("relations", "gold.jsonl", "out", {"blind_from": 25}, "are for events"),
]


@pytest.mark.parametrize(("task", "given", "out", "options", "told"), ERRORS)
def test_what_cannot_be_evaluated_leaves_no_file(
    gold: Path, task: str, given: str, out: str, options: dict[str, Any], told: str
) -> None:
    before = gold.read_bytes()
    with pytest.raises(DragomanError, match=told):
        evaluate_task(task, gold.parent / given, gold.parent / out, Options(**options))
    assert gold.read_bytes() == before
    assert not gold.with_name("out").exists()


@pytest.mark.pipeline
def test_links_are_scored_by_kind_of_actor(tmp_path):
    gold = tmp_path / "links.jsonl"
    links = [[0, 6, "Norway"], [7, 10, "Meeting"], [11, 16, "Hamas"]]
    gold.write_text(json.dumps({"id": "a", "text": "Norway met Hamas.", "links": links}) + "\n")
    result = evaluate("links", str(gold), "--predictions", str(tmp_path / "out.jsonl"), "--format", "json")
    assert result.returncode == 0, result.stderr
    kinds = json.loads(result.stdout)["by_kind"]
    assert {kind: row["right"] for kind, row in kinds.items()} == {
        "states": 1.0,
        "organisations and armed groups": 1.0,
    }
