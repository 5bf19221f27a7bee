"""A small record of two reports for the commands that count over time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

REPORTS = {
    "2022-01-10": "France accused Germany of spying. NATO praised France.",
    "2022-04-02": "France and Germany signed a trade agreement.",
}


@pytest.fixture(scope="session")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a record of two reports, of January and April 2022."""
    folder = tmp_path_factory.mktemp("two_reports")
    lines = [json.dumps({"id": day, "published_on": day, "text": text}) for day, text in REPORTS.items()]
    (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "dragoman", "ingest", str(folder / "in.jsonl"), "--fast"]
    done = subprocess.run(
        [*command, "--record", str(folder / "r.sqlite")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return str(folder / "r.sqlite")
