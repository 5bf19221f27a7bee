"""The examples of the documentation run, and say what they should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pipeline
EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


def run(name: str, *words: str) -> str:
    command = [sys.executable, str(EXAMPLES / name), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("examples")
    (folder / "a.txt").write_text(
        "China opposed the enlargement of NATO. Iran accused Israel of spying. Israel denied the "
        "allegations. Russia shelled Kharkiv. Russia threatened to attack Ukraine.",
        encoding="utf-8",
    )
    (folder / "a.meta.json").write_text('{"published_on": "2022-03-04"}', encoding="utf-8")
    command = [sys.executable, "-m", "dragoman", "code", str(folder / "a.txt"), "--record", str(folder / "r")]
    subprocess.run(command, capture_output=True, check=True)
    return str(folder / "r")


def test_code_and_count() -> None:
    told = run("code_and_count.py")
    assert "'documents': 10" in told
    assert "by type:" in told


def test_dyad_series(record: str, tmp_path: Path) -> None:
    told = run("dyad_series.py", record, "RUS", "UKR", str(tmp_path / "p.svg"))
    assert "2022-03-01" in told
    assert (tmp_path / "p.svg").read_text(encoding="utf-8").startswith("<svg")


def test_positions_and_disputes(record: str) -> None:
    assert "against NATO enlargement" in run("positions_and_disputes.py", record, "CHN")
    assert "Israel denied the allegations" in run("positions_and_disputes.py", record, "IRN")
