"""Records opened after review, with stories and entries, and what they cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dragoman import open_record
from dragoman.coding.decision.calibration import (
    FORMAT,
    Agreement,
    Calibration,
    Line,
    ModelLines,
    Share,
    load_calibration,
)
from dragoman.errors import KnowledgeError, UsageError
from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record, StoredEvent
from dragoman.running.fingerprint import run_version
from dragoman.running.grouping import regroup

DEEDS = (
    "Arnor attacked Gondor with {} troops in Osgiliath at the river bridge.",
    "Arnor accused Gondor of hiding rebels.",
    "Mordor met Rohan about the price of horses. Rohan helped Gondor.",
    "Gondor sanctioned Arnor over the raid.",
)


@pytest.fixture
def path(tmp_path: Path, quick_code: Callable[[Document], CodedDocument]) -> Path:
    """A record of forty reports in stories and entries."""
    path = tmp_path / "r.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for number in range(40):
            text = " ".join(DEEDS[(number + turn) % 4].format(500 + number) for turn in (0, 1))
            day = dt.date(2022, 2, 1 + number // 8)
            document = Document(
                id=f"r{number}", title="Deeds", text=text, published_on=day, publisher="Herald"
            )
            record.add(quick_code(document), run_id=run)
        regroup(record)
    return path


def judge(path: Path, stored: StoredEvent, verdict: str, **more) -> None:
    event = stored.event
    given = {
        "document_id": stored.document_id, "reader": "anna", "kind": "person", "verdict": verdict,
        "event_id": event.id, "event_type": event.event_type, "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end, **more,
    }  # fmt: skip
    with Record.open(path) as record:
        record.add_readings([EventReading(**given)])


def lines(record: Record) -> list[tuple]:
    """Return what each entry consists of, whatever its id is."""
    entries, _ = record.entries(limit=500, background=True)
    return sorted(
        (e.first_day, e.last_day, e.events, e.documents, e.corroboration, len(e.contradictions),
         tuple(sorted(s.event.id for s in record.entry_events(e.id))))
        for e in entries
    )  # fmt: skip


def test_without_readings_the_record_itself_is_opened(path: Path) -> None:
    with open_record(path) as record, Record.open_to_read(path) as plain:
        assert list(record) == list(plain)
    with open_record(path, reviewed=True) as record, Record.open_to_read(path) as plain:
        assert lines(record) == lines(plain)


def test_entries_follow_the_shown_events(path: Path) -> None:
    """Entries after review are those that grouping the shown events gives."""
    with Record.open_to_read(path) as record:
        events = list(record.events())
    for number, stored in enumerate(events):
        if number % 5 == 0:
            judge(path, stored, "reject")
        elif number % 7 == 0:
            judge(path, stored, "edit", event=msgspec.structs.replace(stored.event, factuality="possible"))
    with open_record(path, reviewed=True) as record:
        found = lines(record)
        assert sum(line[2] for line in found) == len(list(record)) < len(events)
        assert record.entry_total() == len(found)
        for entry in record.entries(limit=500)[0]:
            assert record.total(EventFilter(entry=entry.id)) == entry.events
        record._connection.execute("PRAGMA query_only = OFF")
        regroup(record)
        assert lines(record) == found


def test_a_copy_leaves_nothing_behind(path: Path) -> None:
    with Record.open_to_read(path) as record:
        stored = next(record.events())
    judge(path, stored, "reject")
    before = sorted(path.parent.iterdir())
    with open_record(path, reviewed=True) as record:
        assert stored.event.id not in {each.event.id for each in record}
    assert sorted(path.parent.iterdir()) == before


def test_an_unknown_reader_is_refused_with_the_near_ones(path: Path) -> None:
    with pytest.raises(UsageError, match="second"):
        open_record(path, reader="secnd")  # type: ignore[arg-type]


# Confidence by a calibration -------------------------------------------------------------------------


def written(folder: Path, name: str = "c.json", shift: float = 0.0) -> Path:
    """Write a calibration by which a model's agreement raises confidence and its absence lowers it."""
    share = Share(judged=100, right=20, low=0.1, high=0.3)
    found = Calibration(
        format=FORMAT, line=Line(slope=1.0, shift=shift), threshold=None, verdicts=200, accepted=150,
        models=ModelLines(accepted=Line(slope=1.0, shift=1.0), not_accepted=Line(slope=1.0, shift=-1.0)),
        agreement=Agreement(both=share, first=share, second=share),
    )  # fmt: skip
    path = folder / name
    path.write_bytes(msgspec.json.encode(found))
    return path


def test_an_event_that_a_model_confirms_has_the_raised_confidence(path: Path) -> None:
    with Record.open_to_read(path) as record:
        confirmed, same_report = record.events(EventFilter(document="r0"))
        elsewhere = next(record.events(EventFilter(document="r9")))
    judge(path, confirmed, "accept", reader="llm", kind="model")
    theirs = msgspec.structs.replace(confirmed.event, id="theirs", event_type="THREATEN", confidence=0.5)
    judge(
        path, confirmed, "add", reader="llm", kind="model", event_id=None, event=theirs, event_type="THREATEN"
    )
    file = written(path.parent)
    with open_record(path, calibration=file, reader="either") as record:
        found = {stored.event.id: stored.event.confidence for stored in record}
        assert found[confirmed.event.id] > confirmed.event.confidence
        assert found[same_report.event.id] < same_report.event.confidence
        assert found[elsewhere.event.id] == pytest.approx(elsewhere.event.confidence)
        assert found["theirs"] == pytest.approx(0.2)
        least = found[confirmed.event.id] - 1e-9
        assert confirmed.event.id in {
            stored.event.id for stored in record.events(EventFilter(min_confidence=least))
        }
        assert record.check() == []


def test_what_was_coded_with_the_calibration_is_not_calibrated_twice(path: Path) -> None:
    file, other = written(path.parent, shift=0.7), written(path.parent, "other.json", shift=0.3)
    calibration = load_calibration(file)
    with Record.open(path) as record:
        stored = next(record.events(EventFilter(document="r0")))
        run = record.begin_run(run_version(file))
        document = record.document("r0")
        event = msgspec.structs.replace(
            stored.event, confidence=calibration.confidence(stored.event.confidence)
        )
        coded = CodedDocument(id="r0", document=document, events=(event,), attributions=())
        record.add(coded, run_id=run)
        regroup(record)
    with open_record(path, calibration=file) as record:
        (found,) = record.events(EventFilter(document="r0"))
        assert found.event.confidence == pytest.approx(event.confidence)
    with pytest.raises(UsageError, match="'r0'"):
        open_record(path, calibration=other)
    with pytest.raises(KnowledgeError, match="no calibration"):
        open_record(path, calibration=path.with_name("missing.json"))
