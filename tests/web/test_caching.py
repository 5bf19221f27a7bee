"""Answers are kept until the record changes, and not longer: a write between two requests is seen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

PAGES = (
    "/", "/ledger", "/ledger?rows=events", "/ledger?party=ARN", "/ledger?type=ACCUSE", "/dossiers",
    "/dossiers/actor?id=ARN", "/dossiers/dyad?actor=ARN&recipient=GON", "/compare?a=ARN&b=GON", "/network",
    "/network?type=ACCUSE", "/map?show=part", "/map", "/reports", "/search?q=arnor", "/api/suggest?q=arn",
)  # fmt: skip


def _report(number: int, coder: Coder) -> object:
    document = Document(
        id=f"r{number}", text="Arnor accused Gondor of spying in Paris.", publisher="Herald",
        published_on=dt.date(2022, 2, 1),
    )  # fmt: skip
    return coder.code_document(document)


@pytest.mark.parametrize("path", PAGES)
def test_a_write_is_seen_by_the_next_request(tmp_path: Path, coder: Coder, path: str) -> None:
    file = tmp_path / "record.sqlite"
    with Record.open(file) as record:
        record.add(_report(1, coder), run_id=record.begin_run("test"))  # type: ignore[arg-type]
        regroup(record)
    settings = Settings(record=file, actors=(data_folder() / "actors_invented",))
    with TestClient(create_app(settings, coder=coder), base_url="http://127.0.0.1") as client:
        before = client.get(path).text
        assert client.get(path).text == before
        with Record.open(file) as record, record.batch():
            record.add(_report(2, coder), run_id=1)  # type: ignore[arg-type]
        after = client.get(path).text
    assert after != before
    with TestClient(create_app(settings, coder=coder), base_url="http://127.0.0.1") as client:
        assert client.get(path).text == after


def test_nothing_is_made_again_while_nothing_changes(record_file: Path, coder: Coder) -> None:
    site = create_app(Settings(record=record_file), coder=coder).state.site
    made = [site.cached(("x",), lambda number=number: number) for number in range(3)]
    assert made == [0, 0, 0]


def test_during_an_ingest_answers_may_be_some_seconds_old(record_file: Path, coder: Coder) -> None:
    site = create_app(msgspec.structs.replace(Settings(record=record_file)), coder=coder).state.site
    stamp = [0]
    site._stamp = lambda: (stamp[0],)
    found = []
    for number in range(6):
        stamp[0] = number
        found.append(site.cached(("x",), lambda number=number: number))
    assert found[:3] == [0, 1, 2]
    assert found[-1] < 5
