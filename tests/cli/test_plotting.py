"""`dragoman plot`, as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pipeline


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dragoman", *words]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.fixture
def record(two_reports: str) -> str:
    return two_reports


@pytest.mark.parametrize(
    ("words", "title", "told"),
    [
        (("dyad", "France", "DEU"), "France toward Germany", "2 events drawn"),
        (("dyad", "FRA", "DEU", "--quad", "verbal_conflict"), "France toward Germany", "1 events drawn"),
        (("actor", "France"), "France", "3 events drawn"),
        (("actor", "France", "--since", "2022-02"), "France", "1 events drawn"),
        (("compare", "France", "NATO", "France > Germany"), "Events: France, ", "3 series drawn"),
        (("compare", "France", "--measure", "verbal conflict"), "Events of verbal conflict", "1 series"),
    ],
)
def test_a_chart_on_standard_output(record: str, words: tuple[str, ...], title: str, told: str) -> None:
    done = run("plot", *words, "--record", record, "-o", "-")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"<svg")
    assert title.encode() in done.stdout
    assert told in done.stderr.decode()


def test_the_ending_and_the_format_say_the_kind(record: str, tmp_path: Path) -> None:
    run("plot", "dyad", "FRA", "DEU", "--record", record, "-o", str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    run("plot", "dyad", "FRA", "DEU", "--record", record, "-o", str(tmp_path / "a.dat"), "--format", "png")
    assert (tmp_path / "a.dat").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("dyad", "FRA", "DEU", "-o", "a.gif"), "svg, png, pdf, html"),
        (("dyad", "FRA", "DEU", "-o", "-", "--by", "hour"), "day, week, month, year"),
        (("compare", "FRA", "DEU", "USA", "CHN", "RUS", "GBR", "NATO", "-o", "-"), "up to 6"),
        (("compare", "FRA", "-o", "-", "--measure", "war"), "intensity"),
        (("actor", "Frence", "-o", "-"), "France"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(record: str, words: tuple[str, ...], message: str) -> None:
    done = run("plot", *words, "--record", record)
    assert done.returncode != 0
    assert message in done.stderr.decode()
    assert not done.stdout


def test_nothing_to_draw_says_why(record: str) -> None:
    done = run("plot", "dyad", "FRA", "DEU", "--since", "2030", "--record", record, "-o", "-")
    assert b"No events" in done.stdout
    assert "no event matches" in done.stderr.decode()
