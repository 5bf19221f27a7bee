"""Many documents are grouped in steps: all of them, and with no more held than the index may hold."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.analysis.stories import StoryIndex
from dragoman.cli.ingesting import open_grouper
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record import group_writing
from dragoman.record.store import Record
from dragoman.running import grouping
from dragoman.running.grouping import Grouper, regroup

sys.path.insert(0, str(Path(__file__).parent))
import killable

Code = Callable[[Document], CodedDocument]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Hold little; note how many articles the index had at most."""
    monkeypatch.setattr(grouping, "_MOST_ARTICLES", 20)
    monkeypatch.setattr(grouping, "_AT_MOST", 20)
    monkeypatch.setattr(group_writing, "_AT_A_TIME", 7)
    sizes = [0]
    add = StoryIndex.add

    def noted(self: StoryIndex, document: Document) -> str:
        story = add(self, document)
        sizes[0] = max(sizes[0], len(self))
        return story

    monkeypatch.setattr(StoryIndex, "add", noted)
    return sizes


def spread(count: int) -> list[Document]:
    """Make up reports over a year, newest first."""
    return [
        Document(
            id=report.id, text=report.text, title=report.title, publisher=report.publisher,
            published_on=dt.date(2022, 12, 31) - dt.timedelta(days=number * 3) if number % 10 else None,
        )
        for number, report in enumerate(killable.reports(count))
    ]  # fmt: skip


def make(path: Path, code: Code, count: int = 100) -> Record:
    record = Record.open(path)
    run_id = record.begin_run("test")
    for report in spread(count):
        record.add(code(report), run_id=run_id)
    return record


def assert_all_grouped(record: Record) -> None:
    stats = record.stats()
    assert stats["story_documents"] == stats["documents"] == 100
    assert stats["entry_events"] == stats["events"]
    assert record.check() == []


def test_a_record_that_was_never_grouped_is_grouped_in_steps(
    tmp_path: Path, quick_code: Code, few: list[int]
) -> None:
    with make(tmp_path / "r.sqlite", quick_code) as record:
        grouper = Grouper.open(record)
        assert_all_grouped(record)
        grouper.close()
        assert few[0] <= 30
        # What is done is not done again.
        before = record.stats()
        few[0] = 0
        Grouper.open(record).close()
        assert few[0] == 0
        assert record.stats() == before


def test_all_are_grouped_again_in_steps(tmp_path: Path, quick_code: Code, few: list[int]) -> None:
    with make(tmp_path / "r.sqlite", quick_code) as record:
        regroup(record)
        assert_all_grouped(record)
        assert few[0] <= 30


def test_steps_give_the_entries_of_one_go(
    tmp_path: Path, quick_code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path / "r.sqlite", quick_code) as record:
        regroup(record)
        at_once = record._connection.execute("SELECT * FROM entries ORDER BY id").fetchall()
        monkeypatch.setattr(group_writing, "_AT_A_TIME", 7)
        regroup(record)
        assert record._connection.execute("SELECT * FROM entries ORDER BY id").fetchall() == at_once


def test_one_more_report_does_not_read_all_others(tmp_path: Path, quick_code: Code) -> None:
    with make(tmp_path / "r.sqlite", quick_code) as record:
        Grouper.open(record).close()
        queries: list[str] = []
        record._connection.set_trace_callback(queries.append)
        Grouper.open(record)
        record._connection.set_trace_callback(None)
        plans = [
            row[3]
            for query in queries
            if query.startswith("SELECT") and "count(*)" not in query
            for row in record._connection.execute(f"EXPLAIN QUERY PLAN {query}")
        ]
        assert plans != []
        assert [plan for plan in plans if plan.startswith("SCAN") and "json_each" not in plan] in (
            [], ["SCAN story_index"],
        )  # fmt: skip


def test_progress_is_told_while_many_reports_wait(tmp_path: Path, quick_code: Code, few: list[int]) -> None:
    told: list[tuple[int, int]] = []
    with make(tmp_path / "r.sqlite", quick_code) as record:
        Grouper.open(record, tell=lambda done, total: told.append((done, total))).close()
        assert told[:3] == [(0, 100), (7, 100), (14, 100)]
        told.clear()
        Grouper.open(record, tell=lambda done, total: told.append((done, total)))
    assert told == []


def test_ingest_says_that_reports_wait(
    tmp_path: Path, quick_code: Code, few: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    with make(tmp_path / "r.sqlite", quick_code) as record:
        open_grouper(record).close()
        assert "into stories (not with --no-stories): 100" in " ".join(capsys.readouterr().err.split())
        open_grouper(record).close()
    assert capsys.readouterr().err == ""
