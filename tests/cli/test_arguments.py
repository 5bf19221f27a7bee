"""Arguments that would be ignored or would do harm are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import UsageError
from dragoman.record.store import Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "r.sqlite"
    with Record.open(path):
        pass
    return path


def refusal(*words: str) -> str:
    with pytest.raises(UsageError) as caught:
        CliRunner().invoke(app, list(words), catch_exceptions=False)
    return str(caught.value)


@pytest.mark.parametrize(
    "words", [("--type", "threats", "--type", "demands"), ("--actor", "RUS", "--limit", "1", "--actor=UKR")]
)
def test_an_option_of_one_value_given_twice(record: Path, words: tuple[str, ...]) -> None:
    said = refusal("events", "--record", str(record), *words)
    assert "given twice" in said
    assert words[0] in said


def test_flags_and_lists_may_be_repeated(record: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["events", "--record", str(record), "--background", "--background"])
    assert done.exit_code == 0, done.output
    (tmp_path / "in").mkdir()
    more = ["--columns", "text=a", "--columns", "id=b"]
    done = CliRunner().invoke(app, ["ingest", str(tmp_path / "in"), "--record", str(record), *more])
    assert not isinstance(done.exception, UsageError) or "twice" not in str(done.exception)


@pytest.mark.parametrize("option", ["--actor", "--since", "--text", "--publisher"])
def test_an_empty_value_is_not_taken_for_no_filter(record: Path, option: str) -> None:
    assert f"{option} is empty" in refusal("events", "--record", str(record), option, "")


@pytest.mark.parametrize("command", ["events", "entries", "counts", "network"])
def test_a_number_that_no_database_holds(record: Path, command: str) -> None:
    words = [command, *(["actor"] if command == "counts" else []), "--record", str(record)]
    assert "too large" in refusal(*words, "--limit", "9" * 30)


@pytest.mark.parametrize(
    "words", [("export", "csv"), ("sample",), ("annotate", "export", "--tool", "doccano")]
)
@pytest.mark.parametrize("other", [False, True])
def test_no_record_is_written_over(record: Path, tmp_path: Path, words: tuple[str, ...], other: bool) -> None:
    output = record
    if other:
        output = tmp_path / "other.csv"
        with Record.open(output):
            pass
    before = output.read_bytes()
    assert "give another name" in refusal(*words, "--record", str(record), "-o", str(output))
    assert output.read_bytes() == before


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    sheet, same = tmp_path / "a.csv", tmp_path / "b.csv"
    sheet.write_text("sample_id,judged_event\n1,right\n")
    same.symlink_to(sheet)
    for words in (("score",), ("agreement", str(sheet)), ("page",)):
        assert "read from" in refusal(*words, str(sheet), "-o", str(same))
    assert sheet.read_text().startswith("sample_id")
