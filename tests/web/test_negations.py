"""What a report says was not done, in the API and the pages: left out unless `negations=true`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

REPORTS = [("a", 1, "Arnor attacked Gondor. Rohan helped Gondor."), ("b", 2, "Arnor did not attack Gondor.")]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, quick_code) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("told") / "arda.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for name, day, text in REPORTS:
            document = Document(id=name, text=text, title=name, published_on=dt.date(2022, 2, day))
            record.add(quick_code(document), run_id=run)
        regroup(record)
    app = create_app(Settings(record=path, actors=(data_folder() / "actors_invented",)))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


# A path, how many items it lists, how many with negations.
LISTS = [("events", 2, 3), ("entries", 2, 3)]


@pytest.mark.parametrize(("path", "plain", "all_items"), LISTS)
def test_lists(client: TestClient, path: str, plain: int, all_items: int) -> None:
    assert len(client.get(f"/api/{path}").json()["items"]) == plain
    assert len(client.get(f"/api/{path}?negations=true").json()["items"]) == all_items
    assert len(client.get(f"/api/{path}?polarity=negative").json()["items"]) == 1


def test_networks_and_series_count_none(client: TestClient) -> None:
    network = client.get("/api/network").json()
    assert {(edge["actor"], edge["events"]) for edge in network} == {("ARN", 1), ("ROH", 1)}
    assert client.get("/api/network?negations=true").json() == network
    series = client.get("/api/dyads/series?actor=ARN&recipient=GON&by=day").json()
    assert [(point["start"], point["events"]) for point in series] == [("2022-02-01", 1)]


def test_disputes_set_them_against_what_says_the_opposite(client: TestClient) -> None:
    for path in ("/api/views/disputes", "/api/views/disputes?party=ARN"):
        (line,) = client.get(path).json()
        assert [source["document_id"] for source in line["accusations"]] == ["a"]
        assert [source["document_id"] for source in line["denials"]] == ["b"]
    assert client.get("/api/views/positions").json() == []
    assert "reports differ" in client.get("/dossiers/actor?id=ARN").text


def test_pages_mark_them(client: TestClient) -> None:
    assert client.get("/ledger?rows=events").text.count("not done") == 0
    page = client.get("/ledger?rows=events&negations=true").text
    assert '<span class="flag">not done</span>' in page
    assert 'name="negations" value="true" checked' in page
    # A report is always shown in full.
    assert "not done" in client.get("/report?id=b").text
