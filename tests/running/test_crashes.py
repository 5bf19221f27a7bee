"""Kill -9 at any moment loses nothing that was told and doubles nothing; so does a full disk."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dragoman.knowledge.loading import data_folder
from dragoman.record.store import Record

KILLABLE = Path(__file__).with_name("killable.py")
REPORTS = 300
# `make kills` does some hundred.
KILLS = 10


def start(record: Path, count: int = REPORTS, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(KILLABLE), str(record), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def ids(record: Record) -> list[str]:
    return [document.id for document in record.documents()]


def whole(record: Record) -> dict[str, int]:
    counts = record.stats()
    del counts["runs"]
    return counts


def test_kills(tmp_path: Path) -> None:
    chance = random.Random(20)
    told: set[str] = set()
    cut_short = 0
    path = tmp_path / "r.sqlite"
    for _ in range(KILLS):
        process = start(path)
        assert process.stdout is not None and process.stderr is not None
        # Some 15 reports go in each time; the moment inside a batch is left to chance.
        for _ in range(len(told) + chance.randrange(20)):
            line = process.stdout.readline()
            if not line:
                break
            told.add(line.split()[0])
        time.sleep(chance.random() * 0.04)
        cut_short += process.poll() is None
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
        process.stderr.close()
        # A line that was cut by the kill is not told.
        told |= {line.split()[0] for line in rest.splitlines(keepends=True) if line.endswith("\n")}
        with Record.open(path) as record:
            there = ids(record)
            assert told <= set(there)
            assert len(there) == len(set(there))
            assert record.check() == []
    assert cut_short >= KILLS - 2
    assert 0 < len(told) < REPORTS
    done = start(path)
    out, errors = done.communicate()
    assert done.returncode == 0, errors
    statuses = dict(line.split() for line in out.splitlines())
    assert {name for name, status in statuses.items() if status == "unchanged"} >= told
    untouched = start(tmp_path / "whole.sqlite")
    untouched.communicate()
    with Record.open(path) as record, Record.open(tmp_path / "whole.sqlite") as other:
        assert ids(record) == ids(other) == [f"r{number:04}" for number in range(REPORTS)]
        assert whole(record) == whole(other)
        assert record.network() == other.network()
        assert record.check() == []


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    limit = 500_000

    def small_disk() -> None:
        # No file larger than this: writing more fails as on a full disk, without a signal that kills.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start(path, preexec_fn=small_disk)
    out, errors = process.communicate()
    assert process.returncode == 1
    assert "RecordError" in errors
    assert "nothing of this step was stored; all earlier steps are" in errors
    told = [line.split()[0] for line in out.splitlines()]
    assert told
    with Record.open(path) as record:
        assert ids(record) == sorted(told)
        assert record.check() == []
    start(path).communicate()
    with Record.open(path) as record:
        assert len(ids(record)) == REPORTS
        assert record.check() == []


def test_readers_beside_an_ingest_see_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path):
        pass
    process = start(path)
    seen: list[list[int]] = [[], []]
    faults: list[str] = []

    def read(place: int) -> None:
        while process.poll() is None:
            with Record.open(path) as record, record.reading():
                documents = ids(record)
                events = list(record.events())
                seen[place].append(len(documents))
                faults.extend(record.check())
                if sum(1 for _ in events) != record.total() or {e.document_id for e in events} != set(
                    documents
                ):
                    faults.append("a document without its events")

    readers = [threading.Thread(target=read, args=(place,)) for place in (0, 1)]
    for reader in readers:
        reader.start()
    out, errors = process.communicate()
    for reader in readers:
        reader.join()
    assert process.returncode == 0, errors
    assert len(out.splitlines()) == REPORTS
    assert faults == []
    for counts in seen:
        assert counts == sorted(counts)
        assert len(set(counts)) > 2


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    writers = [start(path, 60), start(path, 120)]
    for writer in writers:
        _, errors = writer.communicate()
        assert writer.returncode == 0, errors
    with Record.open(path) as record:
        assert len(ids(record)) == 120
        assert record.check() == []


@pytest.mark.pipeline
@pytest.mark.parametrize("signals", [[signal.SIGKILL], [signal.SIGINT]])
def test_the_command_goes_on_where_it_was(tmp_path: Path, signals: list[signal.Signals]) -> None:
    path = tmp_path / "r.sqlite"
    lines = tmp_path / "news"
    lines.mkdir()
    texts = [file.read_text() for file in sorted((data_folder() / "reports").glob("*.txt"))]
    for number in range(40):
        (lines / f"n{number:02}.txt").write_text(f"{texts[number % len(texts)][:600]}\n\nEdition {number}.")
    command = [sys.executable, "-m", "dragoman", "ingest", str(lines), "--record", str(path), "--list"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    told = {process.stdout.readline().split("\t")[0]}
    process.send_signal(signals[0])
    assert process.stderr is not None
    rest, errors = process.stdout.read(), process.stderr.read()
    process.wait()
    process.stdout.close()
    process.stderr.close()
    told |= {line.split("\t")[0] for line in rest.splitlines(keepends=True) if line.endswith("\n")}
    if signals[0] is signal.SIGINT:
        assert process.returncode == 130
        assert "run the same command again" in errors
    with Record.open(path) as record:
        assert told <= set(ids(record))
        assert record.check() == []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    statuses = dict(line.split("\t")[:2] for line in done.stdout.splitlines())
    assert len(statuses) == 40
    assert {statuses[name] for name in told} == {"unchanged"}
    with Record.open(path) as record:
        assert len(ids(record)) == 40
        assert record.check() == []


def test_kills_amid_a_review(tmp_path: Path) -> None:
    """What a reviewer was told is kept is there after kill -9, what he took back stays so; nothing twice."""
    path, chance = tmp_path / "r.sqlite", random.Random(7)
    start(path, 60).communicate()
    told: dict[int, tuple[str, str, str]] = {}
    # The last of each run may have been taken back without its being told.
    last: set[int] = set()
    cut_short = 0
    for _ in range(12):
        command = [sys.executable, str(Path(__file__).with_name("killable_review.py")), str(path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 + chance.randrange(9))]
        time.sleep(chance.random() * 0.01)
        cut_short += process.poll() is None
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().splitlines(keepends=True)
        process.wait()
        process.stdout.close()
        for line in lines:
            if line.endswith("\n"):
                what, number, verdict, event = line.split()
                told[int(number)] = (what, verdict, event)
        last.add(max(told))
        with Record.open(path) as record:
            kept = {each.id: (each.verdict, each.event_id) for each in record.readings()}
            for number, (what, verdict, event) in told.items():
                if what == "undone":
                    assert number not in kept
                elif number not in last or number in kept:
                    assert kept[number] == (verdict, event)
            events = [event for _, event in kept.values()]
            assert len(events) == len(set(events))
            assert record.check() == []
    assert cut_short >= 10
    assert len(told) > 20
