"""Pasted reports as jobs: watched, finished, failed, cancelled, forgotten."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from dragoman.errors import EmptyDocumentError
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.web import coding_jobs
from dragoman.web.coding_jobs import MOST_JOBS, CodingJobs, Job, Progress
from dragoman.web.refusals import RefusedError


class Coding:
    """Codes when it is let: waits for `go`, looking at the progress as the real one does."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.kept: list[CodedDocument] = []
        self.jobs = CodingJobs(self.code, self.kept.append)

    def code(self, document: Document, progress: Progress) -> CodedDocument | Failure:
        progress.enter("coding")
        while not self.go.wait(0.01):
            progress.check()
        if document.text == "empty":
            raise EmptyDocumentError(where="the pasted text")
        if document.text == "fail":
            return Failure(document_id=document.id, error="Fault", message="cannot be coded")
        return CodedDocument(id=document.id, document=document, events=(), attributions=())

    def start(self, text: str = "words", *, keep: bool = False) -> Job:
        return self.jobs.start(Document(id="x", text=text), {"text": text}, keep=keep)


@pytest.fixture
def coding() -> Iterator[Coding]:
    made = Coding()
    yield made
    made.go.set()


def test_a_job_ends_with_its_report(coding: Coding) -> None:
    job = coding.start()
    assert not job.wait(0.05)
    assert job.state in ("waiting", "coding")
    coding.go.set()
    assert job.wait(5)
    assert (job.state, job.coded is not None, coding.kept) == ("done", True, [])
    assert coding.jobs.get(job.id) is job


def test_what_is_to_be_kept_is_kept_once_it_is_coded(coding: Coding) -> None:
    job = coding.start(keep=True)
    assert coding.kept == []
    coding.go.set()
    assert job.wait(5)
    assert coding.kept == [job.coded]


def test_a_cancelled_job_is_neither_shown_nor_kept(coding: Coding) -> None:
    job = coding.start(keep=True)
    coding.jobs.cancel(job)
    assert (job.state, job.coded, coding.kept) == ("cancelled", None, [])
    coding.go.set()
    assert coding.kept == []
    done = coding.start()
    assert done.wait(5)
    coding.jobs.cancel(done)
    assert done.state == "done"


@pytest.mark.parametrize(("text", "words"), [("empty", "pasted text"), ("fail", "cannot be coded")])
def test_a_job_that_fails_says_why(coding: Coding, text: str, words: str) -> None:
    coding.go.set()
    job = coding.start(text)
    assert job.wait(5)
    assert job.state == "failed"
    assert words in str(job.problem)


def test_how_many_come_before_and_how_long_it_takes(coding: Coding) -> None:
    first, second, third = (coding.start("x" * 40_000) for _ in range(3))
    assert [coding.jobs.before(job) for job in (first, second, third)] == [0, 1, 2]
    assert coding.jobs.expected(first) == pytest.approx(4.0)
    coding.go.set()
    assert all(job.wait(5) for job in (first, second, third))
    assert coding.jobs.before(third) == 0


def test_jobs_are_few_and_forgotten(coding: Coding, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [coding.start() for _ in range(MOST_JOBS)]
    assert len({job.id for job in jobs}) == MOST_JOBS and min(len(job.id) for job in jobs) > 20
    with pytest.raises(RefusedError, match="too many"):
        coding.start()
    coding.go.set()
    assert all(job.wait(5) for job in jobs)
    monkeypatch.setattr(coding_jobs, "SECONDS_KEPT", -1.0)
    assert coding.jobs.get(jobs[0].id) is None
    assert coding.start().wait(5)
