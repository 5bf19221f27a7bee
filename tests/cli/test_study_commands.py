"""A validation from the record to the table, as a user runs it."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.main import app
from dragoman.coding.coder import Coder
from dragoman.record.store import Record


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    path = tmp_path_factory.mktemp("study") / "r.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for number, pair in enumerate((("Arnor", "Gondor"), ("Rohan", "Mordor"), ("Gondor", "Rohan"))):
            text = f"{pair[0]} accused {pair[1]} of spying. {pair[1]} attacked {pair[0]}."
            record.add(coder.code(text, id=f"d{number}", title="A report"), run_id=run)
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def test_sample_judge_agree_score(kept: Path, tmp_path: Path) -> None:
    done = run("sample", "--record", kept, "--n", 4, "--stratify", "type", "-o", tmp_path / "a.xlsx")
    assert done.exit_code == 0, done.output
    assert "4 events" in done.stdout
    for name, wrong in (("a.xlsx", 2), ("b.xlsx", 3)):
        book = openpyxl.load_workbook(tmp_path / "a.xlsx")
        sheet = book["sample"]
        column = [cell.value for cell in sheet[1]].index("judged_event") + 1
        for line in range(2, 6):
            sheet.cell(line, column).value = "wrong" if line == wrong else "right"
        book.save(tmp_path / f"filled-{name}")
    filled = (tmp_path / "filled-a.xlsx", tmp_path / "filled-b.xlsx")
    done = run("agreement", *filled, "--format", "csv", "-o", tmp_path / "differ.csv")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert rows[0]["percent"] == "0.5"
    with (tmp_path / "differ.csv").open(encoding="utf-8-sig") as differ:
        assert len(list(csv.DictReader(differ))) == 2
    done = run("score", filled[0])
    assert done.exit_code == 0, done.output
    assert "random sample of 4 events" in done.stdout
    assert "| all events | all | 4 |" in done.stdout


def test_sentences_for_recall(kept: Path, tmp_path: Path) -> None:
    done = run("sample", "--record", kept, "--n", 50, "--missed", "-o", tmp_path / "m.csv")
    assert done.exit_code == 0, done.output
    assert "6 sentences; the record has no more than that" in done.stdout
    with (tmp_path / "m.csv").open(encoding="utf-8-sig") as sheet:
        rows = list(csv.DictReader(sheet))
    for row in rows:
        row |= {"right_events": row["coded_events"], "missed_events": "1"}
    with (tmp_path / "m.csv").open("w", encoding="utf-8-sig", newline="") as sheet:
        writer = csv.DictWriter(sheet, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = run("score", tmp_path / "m.csv", "--format", "csv")
    assert "sentences,recall,6,0.5," in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--stratify", "tipe", "-o", "x.csv"), "type"), (("-o", "x.doc"), ".csv or .xlsx"),
        (("--missed", "--stratify", "type", "-o", "x.csv"), "without strata"),
        (("--actor", "XXQ", "-o", "x.csv"), "no actor"),
    ],
)  # fmt: skip
def test_wrong_requests_say_what_to_do(kept: Path, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    given = [tmp_path / word if word.startswith("x.") else word for word in words]
    assert says in str(run("sample", "--record", kept, *given).exception)
