"""Adjudication over the small record: the list of cases, agreement, and decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman.model.readings import EventReading
from dragoman.record.store import Record

from .quick_record import client_of, crowded_reports, small_reports, title_of, words_of, write_small
from .test_routes_review import TOKEN, enter, send


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_small(tmp_path / "adjudicated.sqlite")


@pytest.fixture
def chief(path: Path) -> TestClient:
    return enter(client_of(path, review_token=TOKEN), "chief")


def judge(path: Path, *given: tuple[str, str, str], document: str = "river", **changed: Any) -> None:
    """Save (reader, event, verdict) of persons."""
    with Record.open(path) as record:
        for reader, event, verdict in given:
            about = record.event(event).event
            record.add_readings([EventReading(**{
                "document_id": document, "reader": reader, "kind": "person", "verdict": verdict,
                "event_id": event, "event_type": about.event_type, "trigger_start": about.trigger.start,
                "trigger_end": about.trigger.end, **changed,
            })])  # fmt: skip


def add(path: Path, reader: str, event_type: str, **changed: Any) -> None:
    """Save an event that a reviewer added to the last report."""
    about = msgspec.structs.replace(small_reports()[-1].events[0], id=f"of-{reader}", event_type=event_type)
    with Record.open(path) as record:
        record.add_readings([EventReading(**{
            "document_id": "denial", "reader": reader, "kind": "person", "verdict": "add", "event_id": None,
            "event_type": about.event_type, "trigger_start": about.trigger.start,
            "trigger_end": about.trigger.end, "event": about, **changed,
        })])  # fmt: skip


def listed(client: TestClient, page: str = "") -> str:
    answer = client.get(f"/review/adjudicate{page}")
    assert answer.status_code == 200
    return " ".join(words_of(answer.text))


def readings(path: Path, **given: Any) -> list[EventReading]:
    with Record.open(path) as record:
        return record.readings(**given)


def test_nothing_to_decide(chief: TestClient) -> None:
    assert listed(chief) == "# Adjudicate No event was judged by two reviewers yet. 0 open, 0 decided."
    assert title_of(chief.get("/review/adjudicate").text) == "Adjudicate · Dragoman"


def test_case_and_decision(chief: TestClient, path: Path) -> None:
    judge(path, ("anna", "river-1", "accept"), ("ben", "river-1", "reject"))
    judge(path, ("anna", "river-2", "accept"), ("ben", "river-2", "accept"))
    words = listed(chief)
    assert words.startswith(
        "# Adjudicate Agreement of reviewers reviewers | events both judged | agreed | Cohen’s kappa | "
        "Krippendorff’s alpha | anna, ben | 2 | 50.0 % | "
    )
    assert " 1 open, 0 decided. [ASSAULT](/event?id=river-1)" in words
    assert words.endswith(
        "Arnor attacked Gondor in Osgiliath. Gondor threatened Mordor: if the river is closed, war will "
        "follow. "
        "anna accepted ben rejected <post /review/adjudicate: {form_token=#} {back=/review/adjudicate} "
        "{event=river-1} {seen=0} Note {note=} as anna: acceptedas ben: rejected>"
    )
    answer = send(chief, "adjudicate", event="river-1", take=2, seen=0, note=" ben is right ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/adjudicate")
    made = readings(path)[-1]
    assert (made.reader, made.kind) == ("chief", "adjudicator")
    assert (made.verdict, made.note) == ("reject", "ben is right")
    assert made.made_at >= readings(path)[0].made_at > ""
    words = listed(chief)
    assert " 0 open, 1 decided. " in words
    assert "anna accepted ben rejected chief (adjudicator) rejected: ben is right <post" in words
    assert f"{{event=river-1}} {{seen={made.id}}}" in words
    # The page of another adjudicator does not have this decision; that of this one has it.
    assert send(chief, "adjudicate", event="river-1", take=1, seen=made.id - 1).status_code == 409
    assert send(chief, "adjudicate", event="river-1", take=1, seen=made.id).status_code == 303
    # A decision of an adjudicator cannot be taken itself.
    assert send(chief, "adjudicate", event="river-1", take=made.id, seen=99).status_code == 404


def test_open_cases_first(chief: TestClient, path: Path) -> None:
    for event, document in (("river-1", "river"), ("council-1", "council"), ("council-2", "council")):
        judge(path, ("anna", event, "accept"), ("ben", event, "reject"), document=document)
    order = [listed(chief).index(f"{{event={event}}}") for event in ("river-1", "council-1", "council-2")]
    first = ("river-1", "council-1", "council-2")[order.index(min(order))]
    taken = next(each.id for each in readings(path, event_id=first) if each.reader == "anna")
    send(chief, "adjudicate", event=first, take=taken, seen=0, back="/ledger")
    words = listed(chief)
    assert "2 open, 1 decided." in words
    assert words.index(f"{{event={first}}}") == max(
        words.index(f"{{event={event}}}") for event in ("river-1", "council-1", "council-2")
    )


def test_added_events(chief: TestClient, path: Path) -> None:
    add(path, "anna", "REJECT")
    add(path, "ben", "COERCE", note="was it?")
    words = listed(chief)
    assert (
        "No event was judged by two reviewers yet. 1 open, 0 decided. Added to [denial](/report?id=denial)"
        in (words)
    )
    assert (
        "anna added: Mordor: reject toward Rohan; certain, past, not done ben added: Mordor: coerce toward "
        "Rohan; certain, past, not done: was it? <post /review/adjudicate/added: {form_token=#} "
        "{back=/review/adjudicate} {about=1} {seen=0} Note {note=} as anna: REJECTas ben: COERCEnone of "
        "them >"
    ) in words
    answer = send(chief, "adjudicate/added", about=2, take=2, seen=0, note=" clear ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/adjudicate")
    words = listed(chief)
    assert "0 open, 1 decided." in words
    assert "chief (adjudicator) chose: Mordor: coerce toward Rohan; certain, past, not done: clear" in words
    latest = readings(path)[-1].id
    for about, take in ((99, 1), (1, 99), (99, 0)):
        assert send(chief, "adjudicate/added", about=about, take=take, seen=99).status_code == 404
    conflict = send(chief, "adjudicate/added", about=1, take=0, seen=0)
    assert conflict.status_code == 409
    assert readings(path)[-1].id == latest
    assert send(chief, "adjudicate/added", about=1, take=0, seen=latest).status_code == 303
    assert "chief (adjudicator) rejected all of them" in listed(chief)
    # Of two decisions, the page has to have the later one.
    newest = readings(path)[-1].id
    assert newest > latest
    assert send(chief, "adjudicate/added", about=1, take=1, seen=newest - 1).status_code == 409
    assert send(chief, "adjudicate/added", about=1, take=1, seen=newest).status_code == 303


def test_withdrawn_readings(chief: TestClient) -> None:
    answer = send(chief, "adjudicate", event="river-1", take=5, seen=0)
    assert answer.status_code == 404
    assert "it was withdrawn meanwhile; load the page again" in answer.text
    answer = send(chief, "adjudicate/added", about=7, take=0, seen=0)
    assert answer.status_code == 404
    assert "it was withdrawn meanwhile; load the page again" in answer.text


@pytest.mark.parametrize(
    ("cases", "page", "shown", "links"),
    [
        (10, "", 10, ""),
        (11, "", 10, "[Next](/review/adjudicate?page=2)"),
        (11, "?page=2", 1, "[Back](/review/adjudicate?page=1)"),
        (21, "?page=2", 10, "[Back](/review/adjudicate?page=1) [Next](/review/adjudicate?page=3)"),
    ],
)
def test_pages_of_cases(tmp_path: Path, cases: int, page: str, shown: int, links: str) -> None:
    path = tmp_path / "many.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for coded in crowded_reports()[:cases]:
            record.add(coded, run_id=run)
    for number in range(cases):
        document = f"report-{number:03}"
        judge(
            path, ("anna", f"met-{number}", "accept"), ("ben", f"met-{number}", "reject"), document=document
        )
    words = listed(enter(client_of(path, review_token=TOKEN), "chief"), page)
    assert f"{cases} open, 0 decided." in words
    assert words.count("<post /review/adjudicate:") == shown
    assert words.endswith(links or "rejected>")
