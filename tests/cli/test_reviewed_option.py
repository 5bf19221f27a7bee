"""`--reviewed` and `--reader` in all commands that ask a record: they agree on which events there are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from dragoman import open_record
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.model.readings import EventReading
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

from .running import run

TEXTS = {
    "one": "Germany accused France of spying. France rejected the accusation.",
    "two": "Russia attacked Ukraine. Poland sanctioned Russia.",
    "three": "China demanded that Japan withdraw its ships.",
}
ASKED = [("--reviewed",), ("--reader", "either"), ("--reader", "second"), ("--reviewed", "--reader", "both")]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    path = tmp_path_factory.mktemp("reviewed") / "r.sqlite"
    with Record.open(path) as record:
        run_id = record.begin_run("test")
        for name, text in TEXTS.items():
            record.add(coder.code(text, id=name, published_on="2022-02-09"), run_id=run_id)
        for number, stored in enumerate(list(record.events())):
            event = stored.event
            place = {
                "document_id": stored.document_id, "trigger_start": event.trigger.start,
                "trigger_end": event.trigger.end,
            }  # fmt: skip
            swapped = msgspec.structs.replace(event, actors=event.recipients, recipients=event.actors)
            new = msgspec.structs.replace(event, id=f"new{number}", event_type="THREATEN")
            about = {"event_id": event.id, "event_type": event.event_type, **place}
            given = [
                EventReading(reader="anna", kind="person", verdict="reject", **about),
                EventReading(
                    reader="anna", kind="person", verdict="edit", event=swapped, changed=("actors",), **about
                ),
                EventReading(
                    reader="anna", kind="person", verdict="add", event=new, event_id=None,
                    event_type="THREATEN", **place,
                ),
                EventReading(
                    reader="llm", kind="model", verdict="add", event=new, event_id=None,
                    event_type="THREATEN", **place,
                ),
            ][number % 4]  # fmt: skip
            confirmed = EventReading(reader="llm", kind="model", verdict="accept", **about)
            record.add_readings([given, *([confirmed] if number % 2 else [])])
        regroup(record)
    return path


def rows(*words: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))


@pytest.mark.parametrize("more", ASKED)
def test_all_commands_count_the_same_events(path: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    listed = rows("events", "--record", path, *more)
    coded = rows("events", "--record", path)
    assert {row["event_id"] for row in listed} != {row["event_id"] for row in coded} or listed != coded
    counted = rows("counts", "event_type", "--record", path, *more)
    assert sum(int(row["events"]) for row in counted) == len(listed)
    file = tmp_path / "events.csv"
    run("export", "csv", "--record", path, "-o", file, *more)
    with file.open(newline="") as text:
        exported = list(csv.DictReader(text))
    assert {row["event_id"] for row in exported} == {row["event_id"] for row in listed}
    pairs = rows("network", "--record", path, *more)
    panel = list(csv.DictReader(io.StringIO(
        run("series", "--panel", "--record", path, "--format", "csv", *more).stdout
    )))  # fmt: skip
    total = sum(int(pair["events"]) for pair in pairs)
    assert sum(int(row["events"]) for row in panel) == total
    for pair in pairs:
        series = rows("series", pair["actor"], pair["recipient"], "--record", path, *more)
        assert sum(int(point["events"]) for point in series) == int(pair["events"])
    grouped = rows("entries", "--record", path, "--limit", 500, *more)
    assert sum(int(entry["events"]) for entry in grouped) == len(listed)
    shown = sum(
        len(
            run(
                "events", "--record", path, "--document", name, "--format", "jsonl", *more
            ).stdout.splitlines()
        )
        for name in TEXTS
    )
    assert shown == len(listed)


def test_views_follow(path: Path) -> None:
    coded, reviewed = (
        run("disputes", "--record", path, "--all", "--format", "jsonl", *more).stdout
        for more in ((), ("--reviewed",))
    )
    assert coded != reviewed


def test_show_and_page_follow(path: Path, tmp_path: Path) -> None:
    with open_record(path, reviewed=True) as record, Record.open_to_read(path) as plain:
        gone = {s.event.id for s in plain} - {s.event.id for s in record}
    assert gone
    pages = []
    for more in ((), ("--reviewed",)):
        out = tmp_path / f"page{len(more)}.html"
        run("page", "one", "--record", path, "-o", out, *more)
        pages.append(out.read_text())
    assert pages[0] != pages[1]
    assert (
        run("show", "one", "--record", path).stdout
        != run("show", "one", "--record", path, "--reviewed").stdout
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("events", "--record", "{0}", "--reader", "secnd"), "second"),
        (("pledges", "{1}", "--reviewed"), "need --record"),
        (("show", "{1}", "--reader", "both"), "need --record"),
    ],
)
def test_what_cannot_be_asked(path: Path, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Germany accused France.")
    with pytest.raises(UsageError, match=says):
        run(*(word.format(path, report) for word in words))


def test_python_and_the_command_line_give_the_same(path: Path) -> None:
    for reader in ("first", "second", "both", "either"):
        for reviewed in (False, True):
            more = ("--reader", reader, *(("--reviewed",) if reviewed else ()))
            said = run("events", "--record", path, "--format", "jsonl", *more).stdout.splitlines()
            with open_record(path, reviewed=reviewed, reader=reader) as record:  # type: ignore[arg-type]
                found = [stored.event.id for stored in record.events()]
            assert [json.loads(line)["event"]["id"] for line in said] == found
