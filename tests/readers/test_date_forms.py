"""Dates in numbers alone are refused, unless somebody says how they are written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import UsageError
from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read

TEXT = "France accused Russia of spying on Monday."
FEED = """<rss version="2.0"><channel><title>Bree</title><item><title>A report</title>
<description>{text}</description><pubDate>{day}</pubDate><link>https://example.org/1</link></item></channel></rss>"""


def days(path: Path, form: str | None) -> list[dt.date | str | None]:
    found: list[dt.date | str | None] = []
    for each in read([str(path)], date_form=form):
        found.append(each.published_on if isinstance(each, Document) else each.error)
    return found


def written(tmp_path: Path, kind: str, day: str) -> Path:
    path = tmp_path / f"x.{kind}"
    content = {
        "csv": f'id,text,date\na,"{TEXT}",{day}\n',
        "jsonl": json.dumps({"id": "a", "text": TEXT, "published_on": day}) + "\n",
        "json": json.dumps([{"id": "a", "text": TEXT, "published_on": day}]),
        "xml": FEED.format(text=TEXT, day=day),
    }[kind]
    path.write_text(content)
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "xml"])
@pytest.mark.parametrize("day", ["05/04/2023", "05.04.2023", "5-4-2023"])
def test_what_can_be_read_in_two_ways(tmp_path: Path, kind: str, day: str) -> None:
    path = written(tmp_path, kind, day)
    assert days(path, None) == ["BadDateError"]
    assert days(path, "day first") == [dt.date(2023, 4, 5)]
    assert days(path, "month first") == [dt.date(2023, 5, 4)]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "xml"])
def test_what_is_clear_stays_as_it_is(tmp_path: Path, kind: str) -> None:
    assert days(written(tmp_path, kind, "2023-04-05"), "month first") == [dt.date(2023, 4, 5)]


@pytest.mark.parametrize(
    ("day", "form", "found"),
    [
        ("05.04.23", "%d.%m.%y", dt.date(2023, 4, 5)), ("23/2023/11", "%d/%Y/%m", dt.date(2023, 11, 23)),
        ("2023-04-05", "%d.%m.%Y", dt.date(2023, 4, 5)), ("31/04/2023", "day first", "BadDateError"),
    ],
)  # fmt: skip
def test_a_format_of_the_user(tmp_path: Path, day: str, form: str, found: object) -> None:
    assert days(written(tmp_path, "csv", day), form) == [found]


@pytest.mark.parametrize("form", ["%d.%m", "dayfirst", "%", "%H:%M"])
def test_a_format_must_give_a_whole_day(tmp_path: Path, form: str) -> None:
    with pytest.raises(UsageError, match="%d"):
        list(read([str(tmp_path)], date_form=form))


def test_one_bad_date_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f'id,text,date\na,"{TEXT}",05/04/2023\nb,"{TEXT} Twice.",2023-04-05\n')
    found = list(read([str(path)]))
    assert [type(each) for each in found] == [Failure, Document]


def test_the_options_of_the_command(tmp_path: Path) -> None:
    path = written(tmp_path, "csv", "05/04/2023")
    both = CliRunner().invoke(app, ["code", str(path), "--dayfirst", "--date-format", "%d/%m/%Y"])
    assert "not both" in str(both.exception)
    done = CliRunner().invoke(app, ["code", str(path), "--fast", "--dayfirst", "--format", "jsonl"])
    assert '"published_on":"2023-04-05"' in done.stdout
