"""`--background`: what is told as background without a date is listed only when it is asked for."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest

from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

from .running import output_of as run

TEXT = "Arnor accused Gondor of spying. Rohan attacked Mordor."


@pytest.fixture
def kept(tmp_path: Path, quick_code) -> Path:
    coded = quick_code(Document(id="war", text=TEXT, published_on=dt.date(2022, 2, 9)))
    news, past = coded.events
    past = msgspec.structs.replace(past, event_date=None, told_as="background", time_basis="background_era")
    with Record.open(tmp_path / "r.sqlite") as record:
        record.add(msgspec.structs.replace(coded, events=(news, past)), run_id=record.begin_run("test"))
        regroup(record)
    return tmp_path / "r.sqlite"


@pytest.mark.parametrize("command", [("events",), ("entries",), ("network",), ("counts", "event_type")])
def test_left_out_unless_asked_for(kept: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    words = (name, *rest, "--record", kept, "--format", "jsonl")
    lines, all_lines = run(*words).splitlines(), run(*words, "--background").splitlines()
    assert (len(lines), len(all_lines)) == (1, 2)


def test_export(kept: Path, tmp_path: Path) -> None:
    run("export", "plover", "--record", kept, "-o", tmp_path / "a")
    run("export", "plover", "--record", kept, "-o", tmp_path / "b", "--background")
    assert len((tmp_path / "a").read_text().splitlines()) == 1
    dates = [json.loads(line)["date"] for line in (tmp_path / "b").read_text().splitlines()]
    assert dates.count(None) == 1
    assert len(dates) == 2


def test_show_tells_all(kept: Path) -> None:
    assert "attacked" in run("show", "war", "--record", kept)
    assert "ASSAULT" in run("show", "war", "--record", kept)
