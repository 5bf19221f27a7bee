"""Shards on Dask: every document once, in order, also when workers are killed; parts are kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("distributed")
sys.path.insert(0, str(Path(__file__).parent))
import loads

from dragoman.model.documents import Failure
from dragoman.running.job import code_several
from dragoman.running.parts import Parts
from dragoman.running.shard import code_shard

SCRIPT = Path(__file__).with_name("clustered.py")


def run(folder: Path, count: int, *words: str) -> list[str]:
    command = [sys.executable, str(SCRIPT), str(folder), str(count), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_killed_workers_change_nothing_and_parts_are_kept(tmp_path: Path) -> None:
    documents = loads.reports(150)
    assert run(tmp_path / "p", 150, "kill") == [document.id for document in documents]
    parts = sorted((tmp_path / "p").iterdir())
    assert [part.suffix for part in parts] == [".parquet"] * 19
    kept = Parts(str(tmp_path / "p"))
    found = [item for number in range(len(parts)) for item in kept.read(number)]
    assert found == code_shard(documents, loads.SETTINGS, load=loads.quick)
    before = [part.stat().st_mtime_ns for part in parts]
    parts[3].unlink()
    assert run(tmp_path / "p", 140) == [document.id for document in documents[:140]]
    after = [part.stat().st_mtime_ns for part in sorted((tmp_path / "p").iterdir())]
    assert len(after) == 18
    assert [number for number in range(18) if after[number] != before[number]] == [3, 17]


@pytest.mark.parametrize("where", ["{}", "memory://parts-of-a-test"])
def test_a_part_is_what_was_written(tmp_path: Path, where: str) -> None:
    bad = Failure(document_id="bad", error="ValueError", message="bad: no")
    results = [bad, *code_several(loads.reports(5), loads.quick(loads.SETTINGS))]
    parts = Parts(where.format(tmp_path))
    parts.write(0, results, "key")
    assert list(parts.read(0)) == results
    assert (parts.key(0), parts.key(1)) == ("key", None)
    parts.write(1, results, "key")
    parts.remove_after(0)
    assert parts.key(1) is None
    assert len(list(tmp_path.iterdir())) <= 1
