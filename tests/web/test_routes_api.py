"""JSON interface over the small record: rows, order, pages, limits and headers of each address."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman.record.answers import StoredEvent

EVERY = ["again-1", "council-1", "council-2", "council-3", "denial-1", "denial-2", "river-1", "river-2"]
NEWEST = ["again-1", "river-2", "river-1", "council-3", "council-1", "council-2"]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [each["event"]["id"] for each in found]


def test_documents(small: TestClient) -> None:
    answer = small.get("/api/documents").json()
    assert [each["id"] for each in answer["items"]] == ["again", "river", "council", "denial"]
    assert {each["text"] for each in answer["items"]} == {""}
    assert answer["next"] is None
    first = small.get("/api/documents?limit=3").json()
    assert [each["id"] for each in first["items"]] == ["again", "river", "council"]
    rest = small.get("/api/documents", params={"cursor": first["next"], "limit": 3}).json()
    assert ([each["id"] for each in rest["items"]], rest["next"]) == (["denial"], None)


def test_document(small: TestClient) -> None:
    found = small.get("/api/document?id=council").json()
    assert found["document"]["text"].startswith("Arnor accused Gondor of spying.")
    assert [each["id"] for each in found["events"]] == ["council-1", "council-2", "council-3"]
    assert len(found["attributions"]) == 1
    assert small.get("/api/attributions?document=council").json() == found["attributions"]
    assert small.get("/api/attributions?document=river").json() == []
    for path in ("document?id=x", "attributions?document=x", "event?id=x"):
        answer = small.get(f"/api/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


# Query and the events in order.
EVENTS = [
    ("", NEWEST),
    ("?order=oldest", NEWEST[::-1]),
    ("?limit=2", NEWEST[:2]),
    ("?type=ASSAULT&order=oldest", ["river-1", "again-1"]),
    ("?negations=true&type=ASSAULT", ["again-1", "river-1", "denial-1"]),
    ("?party=GON&until=2022-02-09", ["council-3", "council-1", "council-2"]),
    ("?min_confidence=0.76&until=2022-02-09", ["council-3", "council-1"]),
    ("?speaker=ROH", ["council-3"]),
    ("?dyad=GON>MOR", ["river-2"]),
]


@pytest.mark.parametrize(("query", "events"), EVENTS)
def test_events(small: TestClient, query: str, events: list[str]) -> None:
    assert ids(small.get(f"/api/events{query}").json()["items"]) == events


def test_pages_of_events(small: TestClient) -> None:
    first = small.get("/api/events?limit=4").json()
    rest = small.get("/api/events", params={"cursor": first["next"], "limit": 4}).json()
    assert ids(first["items"]) + ids(rest["items"]) == NEWEST
    assert rest["next"] is None


def test_event(small: TestClient) -> None:
    answer = small.get("/api/event?id=river-1")
    found = msgspec.json.decode(answer.content, type=StoredEvent)
    assert (found.document_id, found.event.event_type, str(found.day)) == ("river", "ASSAULT", "2022-02-10")
    assert answer.headers["content-type"] == "application/json"


def test_exports(small: TestClient) -> None:
    lines = small.get("/api/events.jsonl?party=MOR")
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert lines.headers["content-disposition"] == 'attachment; filename="events.jsonl"'
    assert ids([msgspec.json.decode(line) for line in lines.content.splitlines()]) == ["river-2"]
    table = small.get("/api/events.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="events.csv"'
    assert [row["event_id"] for row in csv.DictReader(io.StringIO(table.text))] == NEWEST
    assert small.get("/api/events.csv?type=NONE").status_code == 400


# Query and the counts.
COUNTS = [
    ("by=quad_class", {"verbal_conflict": 2, "material_conflict": 2, "material_cooperation": 1,
                       "verbal_cooperation": 1}),
    ("by=party&limit=2", {"GON": 6, "ARN": 4}),
    ("by=month", {"2022-02": 6}),
    ("by=actor&type=ASSAULT", {"ARN": 2}),
    ("by=publisher&since=2022-02-10", {"The Courier": 2, "The Herald": 1}),
    ("by=day&type=AID", {"2022-02-04": 1}),
    ("by=event_type&type=AID", {"AID": 1}),
    ("by=event_type&party=MOR", {"THREATEN": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "counts"), COUNTS)
def test_counts(small: TestClient, query: str, counts: dict[str, int]) -> None:
    assert small.get(f"/api/counts?{query}").json() == counts


def test_stories_and_entries(small: TestClient) -> None:
    stories = small.get("/api/stories").json()
    assert ([each["documents"] for each in stories["items"]], stories["next"]) == ([4], None)
    entries = small.get("/api/entries").json()
    leads = ["river-1", "river-2", "council-3", "council-1", "council-2"]
    assert ([each["lead"]["event"]["id"] for each in entries["items"]], entries["next"]) == (leads, None)
    assert [each["events"] for each in entries["items"]] == [2, 1, 1, 1, 1]
    found = []
    cursor: str | None = ""
    while cursor is not None:
        page = small.get("/api/entries", params={"limit": 2, "cursor": cursor}).json()
        assert len(page["items"]) <= 2
        found += [each["lead"]["event"]["id"] for each in page["items"]]
        cursor = page["next"]
    assert found == leads
    every = small.get("/api/entries?background=true&negations=true").json()["items"]
    assert len(every) == 7
    for query, lead in (("background=true", "denial-2"), ("negations=true", "denial-1")):
        found = [each["lead"]["event"]["id"] for each in small.get(f"/api/entries?{query}").json()["items"]]
        assert (len(found), lead in found) == (6, True)


def test_pages_of_stories(crowded: TestClient) -> None:
    first = crowded.get("/api/stories?limit=79").json()
    assert len(first["items"]) == 79
    rest = crowded.get("/api/stories", params={"cursor": first["next"]}).json()
    assert (len(rest["items"]), rest["next"]) == (1, None)


@pytest.mark.parametrize(("query", "count"), [("", 20), ("&limit=200", 200), ("&limit=1", 1)])
def test_search(crowded: TestClient, query: str, count: int) -> None:
    assert len(crowded.get(f"/api/search?q=met{query}").json()) == count


@pytest.mark.parametrize(
    "path",
    ["search?q=a&limit=0", "search?q=a&limit=201", "search?q=", f"search?q={'a' * 201}", "event?id=",
     f"event?id={'a' * 401}", "views/joy", "events?limit=501", "counts?by=joy"],
)  # fmt: skip
def test_limits_of_parameters(crowded: TestClient, path: str) -> None:
    answer = crowded.get(f"/api/{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_valid")


def test_series(small: TestClient) -> None:
    path = "/api/dyads/series?actor=ARN&recipient=GON"
    found = small.get(path).json()
    assert [(each["start"], each["events"]) for each in found] == [("2022-02-01", 3)]
    assert [(each["start"], each["events"]) for each in small.get(f"{path}&by=day").json()] == [
        ("2022-02-09", 1), ("2022-02-10", 2),
    ]  # fmt: skip
    assert [each["events"] for each in small.get(f"{path}&since=2022-02-10").json()] == [2]
    assert [each["events"] for each in small.get(f"{path}&until=2022-02-09").json()] == [1]
    assert small.get("/api/dyads/series?actor=GON&recipient=ROH").json() == []


def test_network(small: TestClient) -> None:
    found = small.get("/api/network").json()
    assert [(each["actor"], each["recipient"], each["events"]) for each in found] == [
        ("ARN", "GON", 3), ("GON", "ARN", 1), ("GON", "MOR", 1), ("ROH", "GON", 1),
    ]  # fmt: skip
    assert len(small.get("/api/network?limit=2").json()) == 2
    for query, events in (("since=2022-02-10", [2, 1]), ("until=2022-02-04", [1]), ("type=CONSULT", [1])):
        assert [each["events"] for each in small.get(f"/api/network?{query}").json()] == events


def test_views(small: TestClient) -> None:
    assert small.get("/api/views/warnings").json() == []
    for name in ("positions", "pledges", "demands", "deals", "disputes", "sanctions", "mediation"):
        assert small.get(f"/api/views/{name}").status_code == 200
    accusations = small.get("/api/views/disputes?unanswered=true").json()
    assert [each["matter"] for each in accusations] == ["spying"]
    assert small.get("/api/views/disputes?unanswered=true&since=2022-02-10").json() == []
    assert small.get("/api/views/disputes?unanswered=true&until=2022-02-08").json() == []
    assert small.get("/api/views/disputes?unanswered=true&party=Mordor").json() == []
    assert len(small.get("/api/views/disputes?unanswered=true&party=Gondor").json()) == 1
    assert small.get("/api/views/disputes?party=nobody-of-this-name").status_code == 400
    assert small.get("/api/views/sanctions").json() == []
    assert len(small.get("/api/views/sanctions?background=true").json()) == 1
