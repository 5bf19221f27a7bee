"""What people and language models write, to be killed by kills.py: reviews, readings, calibrations, failures.

Everything here can be done again after it was killed, and then ends in the same rows.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import typer
from starlette.testclient import TestClient

from dragoman.cli.calibrating import calibrate_record
from dragoman.cli.filters import Asked
from dragoman.cli.reviewing import review_events
from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument, Event
from dragoman.readers.base import read
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper
from dragoman.running.ingest import Batch, ingest
from dragoman.second_readers.answers import AnswerCache
from dragoman.second_readers.endpoint import Endpoint
from dragoman.second_readers.model_reader import ModelReader, readings_of
from dragoman.study.reading_files import import_readings, write_readings
from dragoman.web.app import Settings, create_app

TESTS = Path(__file__).parent.parent / "tests"
CALIBRATION = "calibration.json"
_RECORD = "news.sqlite"
_READINGS = "anna.jsonl"
_FILE = "news.jsonl"
# Ids of the events whose verdicts a page has confirmed.
_CONFIRMED = "confirmed.txt"
_TOKEN = "a-token-of-reviewers"  # noqa: S105 - of a server that only this process calls
# Of the sentences of the made-up reports: words of the verb, type, and the two parties.
_CLAIMS = (("attacked", "ASSAULT", "Arnor", "Gondor"), ("accused", "ACCUSE", "Arnor", "Gondor"))


def part_of(name: str) -> float:
    """Return a number from 0 to 1 that hangs on a name alone."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32


def with_confidence(coded: CodedDocument) -> CodedDocument:
    """Give each event a confidence of its own."""
    events = tuple(
        msgspec.structs.replace(event, confidence=round(0.2 + 0.7 * part_of(event.id), 3))
        for event in coded.events
    )
    return msgspec.structs.replace(coded, events=events)


def verdict_on(document_id: str, event: Event) -> EventReading:
    """Judge an event: right less often than its confidence says, and now and then of another mode."""
    is_right = part_of(f"right {event.id}") < event.confidence**3
    edited = is_right and part_of(f"edit {event.id}") < 0.2
    return EventReading(
        document_id=document_id, reader="anna", kind="person",
        verdict="edit" if edited else "accept" if is_right else "reject", event_id=event.id,
        event_type=event.event_type, trigger_start=event.trigger.start, trigger_end=event.trigger.end,
        event=msgspec.structs.replace(event, tense="future") if edited else None,
        changed=("tense",) if edited else (), note="made up", made_at="2022-03-01T00:00:00+00:00",
    )  # fmt: skip


def review(folder: Path) -> None:
    """Judge all that is left, one event after another, as the terminal and the page do."""
    with Record.open(folder / _RECORD, create=False) as record:
        while found := record.review_queue(reader="anna"):
            for item in found:
                record.add_readings([verdict_on(item.stored.document_id, item.stored.event)], seen=0)


def review_on_pages(folder: Path) -> None:
    """Accept all events that are left on the pages, and note each verdict that the server confirmed."""
    app = create_app(Settings(record=folder / _RECORD, review_token=_TOKEN, rate=100_000))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        client.get("/review/enter", params={"token": _TOKEN})
        token = _field(client.get("/review").text, "form_token")
        client.post("/review/name", data={"form_token": token, "name": "anna"})
        while event := _field(client.get("/review").raise_for_status().text, "event"):
            given = {"form_token": token, "event": event, "verdict": "accept", "seen": 0}
            answer = client.post("/review/verdict", data=given)
            assert answer.status_code == 303, answer.text
            with (folder / _CONFIRMED).open("a", encoding="utf-8") as confirmed:
                confirmed.write(f"{event}\n")


def _field(page: str, name: str) -> str:
    """Return the value of a hidden field of a form; empty if the page has no such field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def review_in_terminal(folder: Path) -> None:
    """Accept all events that are left in the terminal: the key `a`, which also ends the session."""
    with mock.patch.object(typer, "getchar", return_value="a"):
        review_events(folder / _RECORD, Asked(), reader="anna", order="newest")


def lost_verdicts(folder: Path) -> list[str]:
    """Return the events whose verdicts a page has confirmed and which the record does not contain."""
    path = folder / _CONFIRMED
    if not path.exists():
        return []
    with Record.open_to_read(folder / _RECORD) as record:
        kept = {reading.event_id for reading in record.readings(reader="anna")}
    confirmed = path.read_text(encoding="utf-8").split()
    return [f"verdict on {event} was confirmed and is lost" for event in confirmed if event not in kept]


def leave_readings(folder: Path) -> None:
    """Leave a file of readings beside a record that has none."""
    with Record.open(folder / _RECORD) as record:
        stored = list(record.events())
        readings = [verdict_on(each.document_id, each.event) for each in stored]
        write_readings(record, folder / _READINGS, readings)


def import_file(folder: Path) -> None:
    """Import the readings of the file."""
    with Record.open(folder / _RECORD, create=False) as record:
        import_readings(record, folder / _READINGS)


def calibrate(folder: Path) -> None:
    """Fit a calibration to the verdicts and write it over the one that is there."""
    calibrate_record(folder / _RECORD, Asked(), folder / CALIBRATION)


def leave_calibration(folder: Path) -> None:
    """Judge all events, and leave an older calibration."""
    review(folder)
    calibrate(folder)


def calibration_faults(folder: Path) -> list[str]:
    """Return what is wrong with the calibration, if there is one."""
    path = folder / CALIBRATION
    if not path.exists():
        return []
    try:
        json.loads(path.read_bytes())
    except ValueError as error:
        return [f"{CALIBRATION}: {error}"]
    return []


def leave_failures(folder: Path, reports: list[Document], code: Any) -> None:
    """Ingest a file in which every third report has no day that can be read, then repair half of these."""
    write_file(folder, reports, bad=lambda number: number % 3 == 0)
    ingest_file(folder, code)
    write_file(folder, reports, bad=lambda number: number % 6 == 0)


def write_file(folder: Path, reports: list[Document], *, bad: Any) -> None:
    """Write reports as lines, some of them bad."""
    rows = []
    for number, report in enumerate(reports):
        row = msgspec.to_builtins(report)
        rows.append(json.dumps(row | {"published_on": "no day"} if bad(number) else row))
    (folder / _FILE).write_text("\n".join(rows) + "\n", encoding="utf-8")


def ingest_file(folder: Path, code: Any) -> None:
    """Ingest the file, by its name in the folder, so that the same stands in each record."""
    with Record.open(folder / _RECORD) as record:
        run_id, grouper = record.begin_run("kills"), Grouper.open(record)
        for _ in ingest(
            read([str(folder / _FILE)]), code=code, coder="1", record=record, run_id=run_id, grouper=grouper,
            batch=Batch(documents=5),
        ):  # fmt: skip
            pass
        grouper.close()


def scripted_server() -> Any:
    """Start the server of the tests that answers as a language model would."""
    path = TESTS / "second_readers" / "conftest.py"
    spec = importlib.util.spec_from_file_location("scripted", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.ScriptedServer()
    server.replies.append(_answer)
    return server


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Claim each deed that stands there twice, the second time with the parties changed over."""
    paragraph = json.loads(asked["messages"][-1]["content"])["paragraph"]
    events = []
    for trigger, kind, one, other in _CLAIMS:
        evidence = f"{one} {trigger} {other}"
        if evidence in paragraph:
            events += [
                {"type": kind, "mode": None, "trigger": trigger, "evidence": evidence, "actors": [actor],
                 "recipients": [recipient]}
                for actor, recipient in ((one, other), (other, one))
            ]  # fmt: skip
    return {"events": events}


class SecondReader:
    """`dragoman read` over a record, with a coder that is loaded once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._coder = Coder(actors=[data_folder() / "actors_invented"], reading="rules")
        self._coder.code("Arnor attacked Gondor.")

    def read(self, folder: Path) -> None:
        """Read the reports of the record with the model, and store its events."""
        endpoint = Endpoint(self._url, "model-1")
        reader = ModelReader(endpoint, self._coder, AnswerCache(folder / "answers"))
        with Record.open_to_read(folder / _RECORD) as record:
            documents = list(record.documents())
        with Record.open(folder / _RECORD, create=False) as record:
            for document in documents:
                found = reader.read(document)
                wanted = EventFilter(document=document.id, background=True)
                coded = [stored.event for stored in record.events(wanted)]
                record.add_readings(readings_of(found, coded))
        endpoint.close()
