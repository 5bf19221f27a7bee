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


def ask(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)), catch_exceptions=False)


def test_an_empty_list_is_said(kept: Path) -> None:
    done = run("actors", "--search", "zzqq")
    assert (done.stdout, done.stderr) == ("", "none of the actors holds 'zzqq'\n")
    assert "no report holds 'zzqq'" in ask("search", "zzqq", "--record", kept).stderr


def test_counts_take_the_names_of_the_filters(kept: Path) -> None:
    by_type = ask("counts", "type", "--record", kept, "--format", "csv")
    assert by_type.stdout == ask("counts", "event_type", "--record", kept, "--format", "csv").stdout
    assert "ACCUSE,1" in by_type.stdout


def test_an_empty_export_says_which_filter_is_to_blame(kept: Path, tmp_path: Path) -> None:
    done = ask("export", "icews", "--record", kept, "-o", tmp_path / "x.tsv", "--type", "AID")
    assert "without event type AID" in done.stderr
    done = ask(
        "annotate", "export", "--tool", "doccano", "--record", kept, "-o", tmp_path / "y", "--type", "AID"
    )
    assert "without event type AID" in done.stderr


def test_an_event_of_a_record_has_a_day_and_an_id(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path) as record:
        coded = coder.code("Arnor accused Gondor of spying.", id="a" * 40, published_on="2020-03-04")
        record.add(coded, run_id=record.begin_run("test"))
    (event,) = csv.DictReader(io.StringIO(ask("events", "--record", path, "--format", "csv").stdout))
    assert (event["day"], event["starts_on"]) == ("2020-03-04", "")
    assert event["event_id"] == coded.events[0].id
    assert "2020-03-04" in ask("events", "--record", path).stdout
    assert "ACCUSE" in ask("show", "aaaaaa\u2026", "--record", path).stdout


def test_the_first_of_several_reports_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"id": "a", "text": "France accused Spain."}\n{"id": "b", "text": "Spain denied it."}\n')
    assert "holds several reports" in ask("show", path).stderr
