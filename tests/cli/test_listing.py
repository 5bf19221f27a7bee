"""`dragoman list` names the values that filters take."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.main import app
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.model.terms import CONTEXTS, EVENT_TYPES
from dragoman.record.store import Record


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    path = tmp_path_factory.mktemp("listing") / "r.sqlite"
    with Record.open(path) as record:
        text = "Arnor accused Gondor of spying. Rohan attacked Mordor in Osgiliath."
        record.add(coder.code(text, id="one", publisher="Bree"), run_id=record.begin_run("test"))
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["list", *map(str, words)])


def rows(*words: object) -> list[dict[str, str]]:
    done = run(*words, "--format", "csv")
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize(
    ("what", "column", "holds"),
    [
        ("types", "type", set(EVENT_TYPES)), ("contexts", "context", set(CONTEXTS)),
        ("modes", "mode", {"restrict", "aerial"}), ("issues", "issue", {"taiwan-arms"}),
    ],
)  # fmt: skip
def test_what_is_known_without_a_record(what: str, column: str, holds: set[str]) -> None:
    assert holds <= {row[column] for row in rows(what)}


def test_actors_by_letters() -> None:
    assert {"PRK", "KOR"} <= {row["id"] for row in rows("actors", "--search", "korea")}


def test_a_record_is_counted(kept: Path) -> None:
    counts = {row["type"]: int(row["events"]) for row in rows("types", "--record", kept)}
    with Record.open(kept, create=False) as record:
        assert {name: n for name, n in counts.items() if n} == record.counts(by="event_type")
    assert rows("publishers", "--record", kept) == [
        {"publisher": "Bree", "events": str(sum(counts.values()))}
    ]


def test_what_needs_a_record_says_so() -> None:
    assert isinstance(run("publishers").exception, UsageError)
    done = run("publisher")
    assert "publishers" in str(done.exception)
