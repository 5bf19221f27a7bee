"""Sheets: what is written is read again, in both kinds of files, and hostile cells stay text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from dragoman.errors import UsageError
from dragoman.record.store import Record
from dragoman.study.columns import EVENT_JUDGEMENTS, EVENT_SHEET, VERDICTS
from dragoman.study.sampling import draw_events
from dragoman.study.sheets import read_sheet, write_sheet


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_written_is_read(record: Record, tmp_path: Path, kind: str) -> None:
    rows = draw_events(record, size=8)
    path = tmp_path / f"sample.{kind}"
    write_sheet(path, rows, EVENT_SHEET, EVENT_JUDGEMENTS)
    found = read_sheet(path, needs=EVENT_SHEET)
    assert [row["event_id"] for row in found] == [row["event_id"] for row in rows]
    assert [row["sentence"] for row in found] == [row["sentence"] for row in rows]
    assert {row["judged_event"] for row in found} == {""}
    assert [float(row["confidence"]) for row in found] == [row["confidence"] for row in rows]


def test_judges_choose_from_lists(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    write_sheet(path, draw_events(record, size=3), EVENT_SHEET, EVENT_JUDGEMENTS)
    sheet = openpyxl.load_workbook(path)["sample"]
    lists = {str(check.sqref): check.formula1 for check in sheet.data_validations.dataValidation}
    column = openpyxl.utils.get_column_letter(EVENT_SHEET.index("judged_event") + 1)
    assert lists[f"{column}2:{column}4"] == f'"{",".join(VERDICTS)}"'


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("words", ["=cmd()", "+1", "@x", "-2", "a\x00b\x07", "\t=1"])
def test_hostile_cells_stay_text(tmp_path: Path, kind: str, words: str) -> None:
    path = tmp_path / f"x.{kind}"
    write_sheet(path, [{"sample_id": "s1", "sentence": words}], ("sample_id", "sentence"), {})
    (row,) = read_sheet(path, needs=("sample_id", "sentence"))
    assert not row["sentence"].startswith(("=", "+", "-", "@"))
    assert "\x00" not in row["sentence"]


def test_wrong_files_say_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    (tmp_path / "x.txt").write_text("a")
    expected = {
        "x.xlsx": "not a workbook", "x.csv": "no column sample_id", "x.txt": ".csv or .xlsx",
        "none.csv": "no such file",
    }  # fmt: skip
    for name, says in expected.items():
        with pytest.raises(UsageError, match=says):
            read_sheet(tmp_path / name, needs=("sample_id",))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_sheet_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sheet{suffix}"
    write_sheet(path, [{"a": "1"}], ("a",), {})
    before = path.read_bytes()

    class Bad:
        def __str__(self) -> str:
            raise RuntimeError

    with pytest.raises(Exception):  # noqa: B017 - whatever the writer makes of it
        write_sheet(path, [{"a": "2"}, {"a": Bad()}], ("a",), {})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
