"""`dragoman calibrate` as a user runs it: refused, then fitted, then used."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.model.readings import EventReading
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

from .running import run

VERBS = ("accused Gondor of spying", "may attack Gondor", "attacked Gondor", "helped Gondor")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A record of which half of the events are wrong, whatever their confidence."""
    import msgspec

    path = tmp_path_factory.mktemp("calibrate") / "r.sqlite"
    dice = random.Random(3)
    with Record.open(path) as record:
        run = record.begin_run("test")
        coded = [coder.code(f"Arnor {verb}.", id=f"v{n}") for n, verb in enumerate(VERBS)]
        for number in range(150):
            one = coded[number % len(coded)]
            name = f"d{number}"
            events = tuple(msgspec.structs.replace(e, id=f"{name}-{e.id}") for e in one.events)
            document = msgspec.structs.replace(one.document, id=name)
            record.add(msgspec.structs.replace(one, id=name, document=document, events=events), run_id=run)
            record.add_readings([
                EventReading(
                    document_id=name, reader="anna", kind="person", event_id=event.id,
                    verdict=dice.choice(("accept", "reject")), event_type=event.event_type,
                    trigger_start=event.trigger.start, trigger_end=event.trigger.end,
                )
                for event in events
            ])  # fmt: skip
    return path


def test_fit_and_use(judged: Path, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    shown = run("calibrate", "--record", judged, "-o", file).stdout
    with Record.open(judged) as record:
        events = record.total()
    assert f"{events} events judged" in shown
    assert "expected calibration error" in shown
    content = json.loads(file.read_text())
    assert content["verdicts"] == events
    report = tmp_path / "report.txt"
    report.write_text("Germany accused France of spying.")
    plain, changed = (
        json.loads(run("code", report, "--fast", "--format", "jsonl", *more).stdout)["events"][0][
            "confidence"
        ]
        for more in ((), ("--calibration", file))
    )
    assert changed < plain
    # What is coded with a calibration counts as coded otherwise.
    record = tmp_path / "n.sqlite"
    for more, says in (((), "coded"), ((), "unchanged"), (("--calibration", file), "coded")):
        listed = run("ingest", report, "--record", record, "--fast", "--list", *more).stdout
        assert listed.split("\t")[1] == says


def test_few_are_refused(judged: Path, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    with pytest.raises(UsageError, match="38 events were judged"):
        run("calibrate", "--record", judged, "-o", file, "--type", "ACCUSE")
    assert not file.exists()


def test_what_is_no_better_is_not_written(tmp_path: Path, judged: Path) -> None:
    import msgspec

    path, file = tmp_path / "good.sqlite", tmp_path / "calibration.json"
    dice = random.Random(5)
    with Record.open(judged) as old, Record.open(path) as record:
        run_id = record.begin_run("test")
        for document in list(old.documents()):
            found = old.events(EventFilter(document=document.id))
            events = tuple(msgspec.structs.replace(s.event, confidence=0.5) for s in found)
            from dragoman.model.records import CodedDocument

            record.add(
                CodedDocument(id=document.id, document=document, events=events, attributions=()),
                run_id=run_id,
            )
            for event in events:
                verdict = dice.choice(("accept", "reject"))
                record.add_readings([EventReading(
                    document_id=document.id, reader="anna", kind="person", event_id=event.id,
                    verdict=verdict, event_type=event.event_type, trigger_start=event.trigger.start,
                    trigger_end=event.trigger.end,
                )])  # fmt: skip
    with pytest.raises(UsageError, match="nothing was written"):
        run("calibrate", "--record", path, "-o", file)
    assert not file.exists()
