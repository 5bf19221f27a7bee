"""The whole study of the documentation, from reports to a file for a regression, and the page on R."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.analysis.export_tables import EVENT_COLUMNS
from dragoman.analysis.panels import COLUMNS as PANEL_COLUMNS
from dragoman.knowledge.loading import data_folder
from dragoman.record.store import Record

pytestmark = pytest.mark.pipeline
DOCS = Path(__file__).parent.parent / "docs"


def write_nexis(path: Path) -> int:
    """Write the bundled reports as one text export in the layout of Nexis Uni; return how many."""
    lines = ["User Name: = E. Took", "Date and Time: Friday, 12 March, 2022 10:14:00 o'clock CET"]
    reports = sorted((data_folder() / "reports").glob("*.txt"))
    for report in reports:
        about = json.loads(report.with_suffix(".meta.json").read_text("utf-8"))
        day = dt.date.fromisoformat(about["published_on"])
        lines += [
            about["title"], "The Daily Record", f"{day:%B} {day.day}, {day.year} {day:%A}", "",
            f"Copyright {day.year} The Daily Record All Rights Reserved", "",
            "Section: WORLD", "Length: 200 words", "Byline: By A. Writer",
            "Body", "", *report.read_text("utf-8").splitlines(), "Classification", "",
            "Language: ENGLISH", f"Load-Date: {day:%B} {day.day}, {day.year}", "", "End of Document",
        ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    return len(reports)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the script writes of an export of Nexis Uni that holds the bundled reports."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "export").mkdir()
    number = write_nexis(folder / "export" / "nexis.txt")
    out = folder / "out"
    command = [sys.executable, str(DOCS / "examples" / "study.py"), str(folder / "export"), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    with Record.open_to_read(out / "record.sqlite") as record:
        assert record.stats()["documents"] == number
        assert record.publishers() == ["The Daily Record"]
    return out


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_regression_file_comes_out(study: Path) -> None:
    rows = rows_of(study / "regression.csv")
    panel = pq.read_table(study / "panel.parquet").to_pylist()
    dyads = {(row["actor"], row["recipient"]) for row in panel}
    assert len(rows) == len(panel) - len(dyads) > 0
    # The lag of a month is the value of the month before.
    by_dyad: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_dyad.setdefault(row["dyad"], []).append(row)
    for months in by_dyad.values():
        assert [row["month"] for row in months] == sorted(row["month"] for row in months)
        for before, row in pairwise(months):
            assert row["conflict_per_report_lag"] == before["conflict_per_report"]
    assert sum(int(row["events"]) for row in rows) > 20
    assert all(row["actor_cow"].isdigit() or not row["actor_cow"] for row in rows)
    assert any(row["conflict_per_report"] not in ("", "0.0") for row in rows)


def test_the_sample_is_judged_twice_compared_and_scored(study: Path) -> None:
    sample = rows_of(study / "sample.csv")
    assert len(sample) == 60
    assert all(not row["judged_event"] for row in sample)
    one, other = (rows_of(study / f"sample-stand-in-{judge}.csv") for judge in "ab")
    same = sum(a["judged_event"] == b["judged_event"] for a, b in zip(one, other, strict=True)) / len(one)
    agreed = rows_of(study / "agreement.csv")[0]
    assert (agreed["field"], int(agreed["n"])) == ("judged_event", 60)
    assert float(agreed["percent"]) == pytest.approx(same, abs=1e-4)
    assert len(rows_of(study / "disagreements.csv")) == round((1 - same) * 60)
    assert "95 % Wilson interval" in (study / "precision.md").read_text(encoding="utf-8")
    assert "tabular" in (study / "precision.tex").read_text(encoding="utf-8")
    assert int(rows_of(study / "precision.csv")[0]["n"]) == 60


def code_of_r() -> list[str]:
    text = (DOCS / "r.md").read_text(encoding="utf-8")
    return [re.sub(r"#.*", "", block) for block in re.findall(r"```r\n(.*?)```", text, flags=re.DOTALL)]


def names_in(code: str) -> set[str]:
    """Names in R code that are no functions, packages, arguments, texts or names it makes itself."""
    bare = re.sub(r'"[^"]*"', "", code)
    made = set(re.findall(r"(\w+)\s*(?:=(?!=)|<-)", bare))
    packages = set(re.findall(r"library\((\w+)\)", bare))
    known = {"in", "data", "TRUE", "FALSE"}
    # Without the names of functions.
    bare = re.sub(r"[\w.]+\(", "(", bare)
    return {name for name in re.findall(r"[a-z]\w+", bare) if name not in made | packages | known}


def test_the_columns_that_the_page_on_r_uses_are_in_the_files(study: Path) -> None:
    made = {name for code in code_of_r() for name in re.findall(r"(\w+)\s*(?:=(?!=)|<-)", code)}
    used = {name for code in code_of_r() for name in names_in(code)} - made
    assert {"goldstein_mean", "verbal_conflict", "reports", "quad_class", "polarity"} <= used
    assert used <= {*PANEL_COLUMNS, *EVENT_COLUMNS}, used - {*PANEL_COLUMNS, *EVENT_COLUMNS}
    typed = {name for code in code_of_r() for name in re.findall(r"(\w+) = col_\w+\(", code)}
    joined = {name for code in code_of_r() for name in re.findall(r'"((?:actor|recipient)_\w+)" =', code)}
    assert len(typed) == 8 and typed <= set(EVENT_COLUMNS)
    assert joined == {"actor_cow", "recipient_cow"}


def test_the_files_for_r_have_the_types_that_it_counts_on(study: Path, tmp_path: Path) -> None:
    schema = pq.read_schema(study / "panel.parquet")
    assert schema.names == list(PANEL_COLUMNS)
    assert schema.field("start").type == pa.date32()
    assert pa.types.is_integer(schema.field("actor_cow").type)
    target = tmp_path / "events.csv"
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "export",
        "csv",
        "--record",
        study / "record.sqlite",
        "-o",
        target,
    ]
    subprocess.run(command, check=True, capture_output=True)
    rows = rows_of(target)
    assert list(rows[0]) == list(EVENT_COLUMNS)
    assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row["day"]) for row in rows)
    # What R's col_logical reads.
    assert {row["quoted"] for row in rows} <= {"True", "False", "true", "false", "TRUE", "FALSE", "T", "F"}
