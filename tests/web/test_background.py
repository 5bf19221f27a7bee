"""Undated background in the API and the pages: left out unless `background=true`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

TEXT = "Arnor accused Gondor of spying. During World War II, Rohan attacked Mordor."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("told") / "arda.sqlite"
    document = Document(id="war", text=TEXT, title="Then and now", published_on=dt.date(2022, 2, 9))
    with Record.open(path) as record:
        record.add(coder.code_document(document), run_id=record.begin_run("test"))
        regroup(record)
    app = create_app(Settings(record=path, actors=(data_folder() / "actors_invented",)))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def _types(client: TestClient, path: str) -> list[str]:
    return sorted(item["event"]["event_type"] for item in client.get(path).json()["items"])


def test_events(client: TestClient) -> None:
    assert _types(client, "/api/events") == ["ACCUSE"]
    assert _types(client, "/api/events?background=true") == ["ACCUSE", "ASSAULT"]
    assert client.get("/api/counts?by=event_type").json() == {"ACCUSE": 1}
    assert client.get("/api/counts?by=event_type&background=true").json() == {"ACCUSE": 1, "ASSAULT": 1}


def test_entries_and_network(client: TestClient) -> None:
    assert len(client.get("/api/entries").json()["items"]) == 1
    assert len(client.get("/api/entries?background=true").json()["items"]) == 2
    assert len(client.get("/api/network").json()) == 1
    assert len(client.get("/api/network?background=true").json()) == 2


def test_pages(client: TestClient) -> None:
    assert client.get("/ledger").text.count('class="event-line') == 1
    page = client.get("/ledger?background=true").text
    assert page.count('class="event-line') == 2
    assert '<span class="flag plain">background</span>' in page
    assert "with undated background" in page
    assert client.get("/network?background=true").status_code == 200
    assert client.get("/map?background=true").status_code == 200


def test_a_report_shows_all_of_its_events(client: TestClient) -> None:
    page = client.get("/report?id=war").text
    assert "ASSAULT" in page
    assert "reported as background" in page


def test_csv_says_how_an_event_is_told(client: TestClient) -> None:
    header, *rows = client.get("/api/events.csv?background=true").text.splitlines()
    assert header.endswith("told_as,time_basis")
    assert {row.rsplit(",", 2)[1] for row in rows} == {"current", "background"}
