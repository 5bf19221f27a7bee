"""`ingest` and the commands over the record it makes, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.knowledge.loading import data_folder
from dragoman.record.store import Record

pytestmark = pytest.mark.pipeline
REPORTS = data_folder() / "reports"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "news").mkdir()
    for name in ("2022-02-22-recognition", "2022-02-24-invasion"):
        for suffix in (".txt", ".meta.json"):
            (folder / "news" / f"{name}{suffix}").write_bytes((REPORTS / f"{name}{suffix}").read_bytes())
    (folder / "news" / "empty.txt").write_text("")
    done = run("ingest", folder / "news", "--record", folder / "r.sqlite", "--list")
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[1] for line in done.stdout.splitlines()] == ["coded", "coded", "failed"]
    assert "2 coded" in done.stderr
    assert "EmptyDocumentError: 1" in done.stderr
    return folder / "r.sqlite"


def test_the_second_time_nothing_is_coded(kept: Path) -> None:
    done = run("ingest", kept.parent / "news", "--record", kept)
    assert "0 coded (0 events), 2 unchanged, 1 failed" in done.stderr
    assert done.stdout == ""


def test_only_failures_are_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run("ingest", tmp_path / "empty.txt", "--record", tmp_path / "r.sqlite").returncode == 1


def test_looking_after_a_record(kept: Path, tmp_path: Path) -> None:
    assert "no faults in 2 documents" in run("record", "check", "--record", kept).stdout
    stats = run("record", "stats", "--record", kept).stdout
    assert "documents                   2" in stats
    assert "EmptyDocumentError" in stats
    assert run("record", "backup", tmp_path / "b.sqlite", "--record", kept).returncode == 0
    assert run("record", "export", tmp_path / "out", "--record", kept).returncode == 0
    assert run("record", "import", tmp_path / "out", "--record", tmp_path / "i.sqlite").returncode == 0
    with Record.open(kept) as one, Record.open(tmp_path / "i.sqlite") as other:
        assert one.stats() == other.stats()
        assert list(one.events()) == list(other.events())
    again = run("record", "backup", tmp_path / "b.sqlite", "--record", kept)
    assert again.returncode == 1
    assert "already" in again.stderr


def test_a_faulty_record_is_exit_code_1(kept: Path, tmp_path: Path) -> None:
    run("record", "backup", tmp_path / "b.sqlite", "--record", kept)
    with Record.open(tmp_path / "b.sqlite") as record:
        record._connection.execute("DELETE FROM daily")
    done = run("record", "check", "--record", tmp_path / "b.sqlite")
    assert done.returncode == 1
    assert "daily counts are off" in done.stderr
    assert run("record", "rebuild", "--record", tmp_path / "b.sqlite").returncode == 0
    assert run("record", "check", "--record", tmp_path / "b.sqlite").returncode == 0


def test_entries_by_filter(kept: Path) -> None:
    def rows(*words: str) -> list[dict[str, str]]:
        done = run("entries", "--record", kept, "--format", "csv", "--limit", 500, *words)
        assert done.returncode == 0, done.stderr
        return list(csv.DictReader(io.StringIO(done.stdout)))

    everything = rows()
    assert everything
    types = {row["event_type"] for row in everything}
    for name in types:
        found = rows("--type", name.lower())
        assert [row["entry_id"] for row in found] == [
            row["entry_id"] for row in everything if row["event_type"] == name
        ]
    assert {row["entry_id"] for row in rows("--actor", "RUS")} < {row["entry_id"] for row in everything}
    unknown = run("entries", "--record", kept, "--publisher", "nobody")
    assert unknown.returncode == 1
    assert "use one of Dragoman examples" in unknown.stderr
    # Each entry names its documents, and `events --entry` lists as many events as it counts.
    entry = max(everything, key=lambda row: int(row["events"]))
    assert len(entry["document_ids"].split()) == int(entry["documents"])
    listed = run("events", "--record", kept, "--entry", entry["entry_id"], "--format", "jsonl").stdout
    assert len(listed.splitlines()) == int(entry["events"])


def test_stories_and_entries(kept: Path) -> None:
    (story, *_) = map(
        json.loads, run("stories", "list", "--record", kept, "--format", "jsonl").stdout.splitlines()
    )
    assert story["documents"] >= 1
    assert "reports" in run("stories", "show", story["id"], "--record", kept).stdout
    entries = run("entries", "--record", kept, "--format", "jsonl", "--limit", 500).stdout.splitlines()
    with Record.open(kept) as record:
        assert len(entries) == record.stats()["entries"]
    assert run("entries", "--record", kept).returncode == 0
    assert "stories" in run("stories", "rebuild", "--record", kept).stdout


def rows(*words: object) -> list[dict[str, str]]:
    done = run(*words, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_counting_and_searching(kept: Path) -> None:
    (first, *_) = rows("network", "--record", kept)
    points = rows("series", first["actor"], first["recipient"], "--record", kept, "--by", "year")
    assert sum(int(point["events"]) for point in points) == int(first["events"])
    actors = rows("counts", "actor", "--record", kept, "--limit", 2)
    assert len(actors) == 2
    assert rows("search", "sanctions", "--record", kept)
    assert len(rows("events", "--record", kept, "--text", "sanctions")) >= 1
    assert len(rows("events", "--record", kept, "--one-a-day")) <= len(rows("events", "--record", kept))
    assert run("counts", "nonsense", "--record", kept).returncode == 1
    assert run("search", "...", "--record", kept).returncode == 1
