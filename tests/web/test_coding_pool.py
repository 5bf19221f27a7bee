"""Pasted reports are coded in another process, with limits on time and number."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from dragoman.errors import KnowledgeError
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.running.shard import CoderSettings
from dragoman.web import coding_pool
from dragoman.web.coding_jobs import Progress
from dragoman.web.coding_pool import CodingPool
from dragoman.web.refusals import RefusedError


def load_slow(settings: CoderSettings) -> Callable[[Sequence[Document]], list[Callable[[], CodedDocument]]]:
    """Make a coder that obeys the text: a number of seconds to wait, "die" or "fail"."""

    def code(document: Document) -> CodedDocument:
        if document.text == "die":
            import os

            os._exit(3)
        if document.text == "fail":
            raise ValueError("cannot be coded")
        time.sleep(float(document.text))
        return CodedDocument(id=document.id, document=document, events=(), attributions=())

    return lambda documents: [lambda d=d: code(d) for d in documents]


def load_nothing(settings: CoderSettings) -> None:
    raise KnowledgeError(where="x.yaml:3", message="is wrong")


@pytest.fixture
def pool() -> CodingPool:
    made = CodingPool(CoderSettings(), load=load_slow, waiting=1, seconds=1.0)
    yield made
    made.close()


def report(text: str) -> Document:
    return Document(id="x", text=text)


def test_a_report_that_takes_too_long_is_ended(pool: CodingPool) -> None:
    assert isinstance(pool.code(report("0")), CodedDocument)
    began = time.monotonic()
    with pytest.raises(RefusedError, match="not coded within") as told:
        pool.code(report("600"))
    assert told.value.facts["status"] == 503
    assert time.monotonic() - began < 10
    # The next one is coded by a new process.
    assert isinstance(pool.code(report("0")), CodedDocument)


def test_a_process_that_dies_is_told(pool: CodingPool) -> None:
    with pytest.raises(RefusedError, match="ended"):
        pool.code(report("die"))
    assert isinstance(pool.code(report("0")), CodedDocument)


def test_what_cannot_be_coded_is_a_failure(pool: CodingPool) -> None:
    failed = pool.code(report("fail"))
    assert isinstance(failed, Failure)
    assert "cannot be coded" in failed.message


def test_only_so_many_wait(pool: CodingPool) -> None:
    pool.code(report("0"))
    outcomes: list[str] = []

    def ask() -> None:
        try:
            pool.code(report("0.4"))
            outcomes.append("coded")
        except RefusedError as error:
            outcomes.append(str(error.facts["code"]))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["busy"] * 4 + ["coded"] * 2


def test_a_coder_that_cannot_be_made_is_told() -> None:
    pool = CodingPool(CoderSettings(), load=load_nothing)
    with pytest.raises(KnowledgeError, match="is wrong"):
        pool.code(report("0"))


def test_a_process_is_not_kept_for_ever(pool: CodingPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.coding_pool.MOST_CODED", 2)
    processes = set()
    for _ in range(3):
        assert isinstance(pool.code(report("0")), CodedDocument)
        if pool._worker is not None:
            processes.add(pool._worker[0].pid)
    assert len(processes) == 2


@pytest.mark.parametrize("waiting", [False, True])
def test_a_cancelled_report_ends_at_once(waiting: bool) -> None:
    pool = CodingPool(CoderSettings(), load=load_slow, waiting=1, seconds=60.0)
    try:
        assert isinstance(pool.code(report("0")), CodedDocument)
        other = threading.Thread(target=lambda: pool.code(report("3")), daemon=True)
        progress = Progress()
        if waiting:
            other.start()
            time.sleep(0.2)
        threading.Timer(0.3, progress.cancelled.set).start()
        began = time.monotonic()
        with pytest.raises(RefusedError, match="cancelled"):
            pool.code(report("600"), progress)
        assert time.monotonic() - began < 2.9
        # A report that another reader waits for is not ended with it.
        if waiting:
            other.join(20)
            assert not other.is_alive()
        assert isinstance(pool.code(report("0")), CodedDocument)
    finally:
        pool.close()


def test_full_pool_says_so() -> None:
    facts = coding_pool._busy().facts
    assert facts == {
        "message": "too many texts are being coded; try again in a minute", "status": 503, "code": "busy",
    }  # fmt: skip
