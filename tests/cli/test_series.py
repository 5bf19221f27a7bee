"""`dragoman series`, for a dyad and as a panel, as a user runs it."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.pipeline


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def record(two_reports: str) -> str:
    return two_reports


def test_a_dyad_with_zeros(record: str) -> None:
    done = run("series", "FRA", "DEU", "--record", record, "--zeros", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["start"] for row in rows] == ["2022-01-01", "2022-02-01", "2022-03-01", "2022-04-01"]
    assert [row["events"] for row in rows] == ["1", "0", "0", "1"]


def test_a_panel_as_csv_and_parquet(record: str, tmp_path: Path) -> None:
    done = run("series", "--panel", "--record", record, "--by", "quarter")
    assert done.returncode != 0
    assert "month" in done.stderr
    printed = run("series", "--panel", "--zeros", "--record", record, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert len(rows) == 3 * 4
    done = run("series", "--panel", "--zeros", "--record", record, "-o", str(tmp_path / "p.parquet"))
    assert "12 rows" in done.stderr
    assert pq.read_table(tmp_path / "p.parquet").num_rows == 12
    one = run("series", "FRA", "--panel", "--record", record, "--format", "csv")
    assert {row["actor"] for row in csv.DictReader(io.StringIO(one.stdout))} >= {"FRA"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "give ACTOR and RECIPIENT, or --panel"),
        (("FRA",), "give ACTOR and RECIPIENT, or --panel"),
        (("FRA", "DEU", "-o", "x.csv"), "--output needs --panel"),
        (("--panel", "-o", "x.xlsx"), "end in .csv or .parquet"),
    ],
)
def test_what_cannot_be_is_told(record: str, words: tuple[str, ...], told: str) -> None:
    done = run("series", *words, "--record", record)
    assert done.returncode != 0
    assert told in " ".join(done.stderr.split())
