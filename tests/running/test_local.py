"""Worker processes: the same results in the same order, whatever becomes of a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import EngineError, KnowledgeError, UsageError
from dragoman.model.documents import Document, Failure
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper
from dragoman.running.ingest import Outcome, ingest
from dragoman.running.local import MOST_LOST, Workers
from dragoman.running.shard import in_process

sys.path.insert(0, str(Path(__file__).parent))
import loads

PATIENCE = 20


def shards(count: int, size: int = 5) -> Iterator[list[Document]]:
    documents = loads.reports(count)
    return (documents[start : start + size] for start in range(0, count, size))


def ids(results: list) -> list[str]:
    return [item.document_id if isinstance(item, Failure) else item.id for item in results]


def test_results_are_those_of_one_process_in_order() -> None:
    alone = list(in_process(loads.quick(loads.SETTINGS))(shards(63)))
    with Workers(2, load=loads.quick) as workers:
        assert list(workers(shards(63))) == alone
        # The same processes code what comes next; empty shards keep their place.
        pids = workers.pids
        assert [len(found) for found in workers(iter([[], *shards(7), []]))] == [0, 5, 2, 0]
        assert workers.pids == pids


def test_no_more_is_read_than_can_be_held() -> None:
    taken = 0

    def counted() -> Iterator[list[Document]]:
        nonlocal taken
        for shard in shards(1000, 1):
            taken += 1
            yield shard

    with Workers(2, load=loads.quick) as workers:
        for given, _ in enumerate(workers(counted()), start=1):
            assert taken - given <= 8
    assert given == 1000


def test_a_killed_worker_changes_nothing() -> None:
    alone = list(in_process(loads.quick(loads.SETTINGS))(shards(60)))
    with Workers(2, load=loads.slow) as workers:
        found = []
        for number, results in enumerate(workers(shards(60))):
            found.append(results)
            if number in (1, 4, 7):
                # One that is lost without work is replaced when there is some again.
                os.kill(workers.pids[number % len(workers.pids)], signal.SIGKILL)
        assert found == alone


def test_one_document_that_takes_workers_with_it_fails_alone() -> None:
    with Workers(2, load=loads.deadly) as workers:
        found = [item for results in workers(shards(23)) for item in results]
    assert ids(found) == [document.id for document in loads.reports(23)]
    failed = [item for item in found if isinstance(item, Failure)]
    assert ids(failed) == [loads.DEADLY]
    assert failed[0].error == "WorkerLostError"
    assert f"{MOST_LOST} times" in failed[0].message
    assert "SIGKILL" in failed[0].message


def test_what_keeps_the_coder_from_being_made_is_told() -> None:
    with Workers(2, load=loads.faulty) as workers, pytest.raises(KnowledgeError, match=r"actors\.yaml:3"):
        list(workers(shards(3)))


def test_workers_that_end_at_once_are_not_started_for_ever() -> None:
    with Workers(1, load=loads.ending) as workers, pytest.raises(EngineError, match="exit code 7"):
        list(workers(shards(3)))


def test_none_is_too_few() -> None:
    with pytest.raises(UsageError):
        Workers(0)


def test_closing_leaves_no_process() -> None:
    with Workers(2, load=loads.slow) as workers:
        next(workers(shards(60)))
        pids = workers.pids
    assert len(pids) == 2
    assert not any(alive(pid) for pid in pids)


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_when_we_are_killed_workers_end() -> None:
    script = Path(__file__).with_name("loads.py")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pids = [int(word) for word in process.stdout.readline().split()]
        assert len(pids) == 2
        process.kill()
        until = time.monotonic() + PATIENCE
        while any(alive(pid) for pid in pids) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(alive(pid) for pid in pids)


def test_the_record_is_that_of_one_process(tmp_path: Path) -> None:
    def run(name: str, **how: object) -> tuple[list[Outcome], dict, list, list]:
        with Record.open(tmp_path / name) as record:
            grouper = Grouper.open(record)
            documents = loads.reports(90)
            documents[7] = Failure(document_id="bad", error="BadLineError", message="bad")
            half = documents[20:60]
            told = []
            for part in (half, documents):
                told += ingest(
                    part, coder="1", record=record, run_id=record.begin_run("t"), grouper=grouper, **how
                )
            grouper.close()
            assert record.check() == []
            events = [stored.event for stored in record.events()]
            return told, record.stats(), events, record.entries(cursor=None)[0]

    alone = run("alone.sqlite", engine=in_process(loads.quick(loads.SETTINGS)))
    with Workers(2, load=loads.quick) as workers:
        assert run("workers.sqlite", engine=workers) == alone
    assert [outcome.status for outcome in alone[0]].count("unchanged") == 40
    assert alone[1]["failures"] == 1
