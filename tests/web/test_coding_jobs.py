"""Pasted reports as jobs: watched, finished, failed, cancelled, forgotten."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace

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


DOCUMENT = Document(id="x", text="y" * 20_000)


def done_job() -> Job:
    return Job(DOCUMENT, {"a": "b"})


def test_progress() -> None:
    progress = Progress()
    began = progress.began
    assert (progress.state, progress.cancelled.is_set()) == ("waiting", False)
    progress.enter("loading")
    assert progress.state == "loading" and progress.began >= began
    progress.check()
    progress.cancelled.set()
    for call in (progress.check, lambda: progress.enter("coding")):
        with pytest.raises(RefusedError) as refused:
            call()
        assert refused.value.facts == {"message": "cancelled", "status": 409, "code": "cancelled"}
    assert progress.state == "loading"


def test_a_new_job() -> None:
    job = done_job()
    assert (job.document, job.given, job.coded, job.problem, job.finished_at) == (
        DOCUMENT, {"a": "b"}, None, None, None,
    )  # fmt: skip
    assert (len(job.id), job.state, job.wait(0)) == (24, "waiting", False)


# Measured paces, and the expected seconds for 20,000 characters.
PACES = [([], 2.0), ([0.001], 20.0), ([0.001, 0.002, 0.009], 40.0), ([0.00001], 1.0)]


@pytest.mark.parametrize(("paces", "seconds"), PACES)
def test_expected_seconds(coding: Coding, paces: list[float], seconds: float) -> None:
    coding.jobs._paces.extend(paces)
    assert coding.jobs.expected(done_job()) == pytest.approx(seconds)


def test_pace_is_measured(coding: Coding, monkeypatch: pytest.MonkeyPatch) -> None:
    coding.go.set()
    clock = iter(range(0, 1000, 5))
    monkeypatch.setattr(coding_jobs, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    for text, pace in (("x" * 10, 0.5), ("", 5.0)):
        assert coding.start(text).wait(5)
        assert coding.jobs._paces[-1] == pace


def test_a_coder_that_breaks(coding: Coding) -> None:
    def broken(document: Document, progress: Progress) -> CodedDocument:
        raise ZeroDivisionError

    job = done_job()
    coding.jobs._code = broken
    with pytest.raises(ZeroDivisionError):
        coding.jobs._run(job, False)
    assert (job.state, job.coded, job.finished_at is not None) == ("failed", None, True)
    assert job.problem is not None
    assert job.problem.facts == {"message": "something broke inside", "status": 500, "code": "broken"}


def test_a_job_cancelled_while_it_is_coded(coding: Coding) -> None:
    def slow(document: Document, progress: Progress) -> CodedDocument:
        progress.cancelled.set()
        return CodedDocument(id="x", document=document, events=(), attributions=())

    job = done_job()
    coding.jobs._code = slow
    coding.jobs._run(job, True)
    assert (job.state, job.coded, coding.kept) == ("cancelled", None, [])


def test_a_failure_has_its_message(coding: Coding) -> None:
    coding.go.set()
    job = Job(Document(id="x", text="fail"), {})
    coding.jobs._run(job, True)
    assert job.problem is not None
    assert job.problem.facts == {"message": "cannot be coded", "status": 422, "code": "not_valid"}


def test_a_coder_that_does_not_stop(coding: Coding, monkeypatch: pytest.MonkeyPatch) -> None:
    job = done_job()
    waited: list[float] = []
    monkeypatch.setattr(job, "wait", lambda seconds: waited.append(seconds))
    coding.jobs.cancel(job)
    assert (job.state, waited) == ("cancelled", [2.0])
    coding.jobs._finish(job, "done")
    assert job.state == "cancelled"


def test_jobs_are_forgotten_after_ten_minutes(coding: Coding, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(at=1000.0)
    monkeypatch.setattr(coding_jobs, "time", SimpleNamespace(monotonic=lambda: clock.at))
    job, other = done_job(), done_job()
    coding.jobs._jobs |= {job.id: job, other.id: other}
    coding.jobs._finish(job, "done")
    clock.at += 600
    assert coding.jobs.get(job.id) is job
    clock.at += 1
    assert coding.jobs.get(job.id) is None
    assert coding.jobs.get(other.id) is other
    assert coding.jobs.before(job) == 0
