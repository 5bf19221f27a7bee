"""A record of a few short reports, made without the language model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record

REPORTS = [
    ("a", 1, "Herald", "Arnor accused Gondor of hiding rebels. Rohan helped Gondor."),
    ("b", 2, "Gazette", "Arnor attacked Gondor with 500 troops in Osgiliath. Arnor attacked Gondor again."),
    ("c", 2, "Herald", "Arnor may have attacked Gondor, say shepherds. Mordor met Rohan."),
    ("d", 9, None, "Arnor may have attacked Gondor. Gondor sanctioned Arnor over the border forts."),
    ("e", None, "Gazette", "Mordor accused Rohan of theft."),
]  # fmt: skip


@pytest.fixture
def reports(quick_code: Callable[[Document], CodedDocument]) -> list[CodedDocument]:
    return [
        quick_code(
            Document(
                id=name,
                text=text,
                title=f"Report {name}",
                publisher=publisher,
                published_on=dt.date(2022, 2, day) if day else None,
            )
        )
        for name, day, publisher, text in REPORTS
    ]


@pytest.fixture
def small(tmp_path: Path, reports: list[CodedDocument]) -> Iterator[Record]:
    record = Record.open(tmp_path / "small.sqlite")
    run_id = record.begin_run("test")
    for coded in reports:
        record.add(coded, run_id=run_id)
    yield record
    record.close()
