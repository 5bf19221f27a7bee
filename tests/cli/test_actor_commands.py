from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import UsageError
from dragoman.knowledge.loading import data_folder

ACTORS = ["--actors", str(data_folder() / "actors_invented")]
TABLE = (
    "country,office,person,other_names,from,to\n"
    "GON,President,Jane Doe,,2026-02-01,\n"
    "GON,Beekeeper,John Roe,,2026,\n"
    "ROH,King,Mary Poe,,2020-01-01,2021-01-01\n"
)


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["actors", *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "offices.csv"
    path.write_text(TABLE)
    return path


def test_import_shows_and_writes(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    words = ("import", str(table), "--out", str(out), "--as-of", "2026-11-30", "--format", "csv", *ACTORS)
    code, printed, faults = run(*words)
    assert code == 0
    assert [line.split(",")[:4] for line in printed.splitlines()[1:]] == [
        ["ended", "GON", "HOS", "Aragorn"],
        ["new", "GON", "HOS", "Jane Doe"],
        ["clash", "ROH", "MONARCH", "Mary Poe"],
    ]
    told = " ".join(faults.split())
    assert "offices.csv:3: John Roe: unknown office 'Beekeeper'" in told
    assert "offices.csv:4: ROH MONARCH Mary Poe: clash, left out: Eomer holds it" in told
    assert "1 new, 0 changed, 1 ended, 1 clash; 0 known already; 1 bad rows" in told
    written = (out / "offices_imported.tsv").read_text()
    assert "# as of 2026-11-30\nGON\tHOS\tAragorn\t\t2019-05-01\t2026-02-01\nGON\tHOS\tJane Doe\t" in written
    assert run(*words)[1].count("\n") == 2


def test_a_dry_run_writes_nothing(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    code, printed, _ = run("import", str(table), "--out", str(out), "--dry-run", *ACTORS)
    assert code == 0
    assert "Jane Doe" in printed
    assert not out.exists()


def test_a_folder_must_be_named(table: Path) -> None:
    with pytest.raises(UsageError, match="--out DIR"):
        run("import", str(table))


def test_the_query_asks_for_what_is_read() -> None:
    _, printed, _ = run("query")
    for word in (
        "?country",
        "?positionLabel",
        "?personLabel",
        "?startPrecision",
        "?endPrecision",
        "?aliases",
    ):
        assert word in printed


def test_stale() -> None:
    _, printed, _ = run("stale", "--on", "2040-01-01", "--format", "csv")
    assert "FRA,HOS,Emmanuel Macron,2017-05-14," in printed
    _, printed, _ = run("stale", "--on", "2026-01-01", "--format", "csv")
    assert "FRA,HOS" not in printed
    with pytest.raises(UsageError, match="one of them"):
        run("stale", "--on", "2026-01-01", "--record", "r.sqlite")
