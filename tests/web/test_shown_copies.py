"""Copies for pages after review follow the readings step by step, as if they were made anew."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.running.reviewed_record import open_record
from dragoman.web.shown import Shown
from dragoman.web.shown_copies import ShownCopy

TEXT = "Arnor attacked Gondor in Osgiliath. Arnor accused Gondor of hiding rebels. Rohan helped Gondor."


@pytest.fixture
def path(tmp_path: Path, quick_code: Callable[[Document], CodedDocument]) -> Path:
    path = tmp_path / "r.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for number in range(12):
            document = Document(id=f"r{number}", text=TEXT, published_on=dt.date(2022, 2, 1 + number // 3))
            record.add(quick_code(document), run_id=run)
        regroup(record)
    return path


def state(record: Record) -> tuple:
    entries = sorted(
        (sorted(s.event.id for s in record.entry_events(entry.id)), entry.events, entry.corroboration)
        for entry in record.entries(limit=500, background=True)[0]
    )
    events = {stored.event.id: stored.event for stored in record}
    return events, entries, record.counts(by="party"), record.counts(by="event_type"), record.check()


@pytest.mark.parametrize("shown", [Shown(True, "first"), Shown(False, "second"), Shown(True, "either")])
@pytest.mark.parametrize("seed", [1, 2])
def test_steps_end_where_a_new_copy_begins(path: Path, shown: Shown, seed: int) -> None:
    dice = random.Random(seed)
    copy = ShownCopy(path, shown)
    given: list[tuple[int, str]] = []
    with Record.open(path) as record:
        events = list(record.events())
    for turn in range(12):
        with Record.open(path) as record:
            for _ in range(3):
                if given and dice.random() < 0.3:
                    number, name = given.pop(dice.randrange(len(given)))
                    record.undo_reading(number, reader=name)
                    continue
                stored, verdict = dice.choice(events), dice.choice(["reject", "edit", "accept", "add"])
                event, kind = stored.event, dice.choice(["person", "model"])
                verdict = verdict if kind == "person" else dice.choice(["accept", "add"])
                edited = msgspec.structs.replace(event, actors=event.recipients, recipients=event.actors)
                if verdict == "add":
                    edited = msgspec.structs.replace(event, id=f"{kind}-{event.id}", event_type="REJECT")
                is_new = verdict == "add"
                (number,) = record.add_readings([EventReading(
                    document_id=stored.document_id, reader=kind, kind=kind, verdict=verdict,
                    event_id=None if is_new else event.id,
                    event_type="REJECT" if is_new else event.event_type,
                    trigger_start=event.trigger.start, trigger_end=event.trigger.end, note=str(turn),
                    event=edited if verdict in ("edit", "add") else None,
                )])  # fmt: skip
                given.append((number, kind))
        assert copy.update(path)
        with (
            Record.open_to_read(copy.path) as stepped,
            open_record(path, reviewed=shown.reviewed, reader=shown.reader) as made,
        ):
            assert state(stepped) == state(made)


def test_more_than_readings_needs_a_new_copy(
    path: Path, quick_code: Callable[[Document], CodedDocument]
) -> None:
    copy = ShownCopy(path, Shown(True))
    assert copy.update(path)
    with Record.open(path) as record:
        last = record.document("r11")
        changed = msgspec.structs.replace(last, text="Mordor met Rohan. " + last.text)
        record.add(quick_code(changed), run_id=1)
    assert not copy.update(path)


def test_the_file_is_deleted_with_the_copy(path: Path) -> None:
    copy = ShownCopy(path, Shown(True))
    folder = copy.path.parent
    assert copy.path.exists()
    del copy
    assert not folder.exists()
