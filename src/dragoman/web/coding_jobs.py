"""Pasted reports that take longer than a request should: each is a job that can be watched and cancelled."""

from __future__ import annotations

import collections
import secrets
import statistics
import threading
import time
from typing import TYPE_CHECKING, Any, Literal

from dragoman.errors import DragomanError
from dragoman.model.documents import Failure
from dragoman.web.responses import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument

    Code = Callable[[Document, "Progress"], CodedDocument | Failure]

State = Literal["waiting", "loading", "coding", "done", "failed", "cancelled"]
# How long a finished job can be looked at, in seconds, and how many jobs are remembered.
SECONDS_KEPT = 600.0
MOST_JOBS = 60
# What a report takes until some were measured: seconds for each character, on an idle machine.
_USUAL_PACE = 0.0001
_LEAST = 1.0
_MEASURED = 20


class Progress:
    """How far the coding of one report is; the reader sets `cancelled`, the coder looks at it."""

    def __init__(self) -> None:
        self.state: State = "waiting"
        self.cancelled = threading.Event()
        self.began = time.monotonic()

    def enter(self, state: State) -> None:
        """Note that the next stage has begun.

        Raises:
            RefusedError: The report was cancelled.
        """
        self.check()
        self.state, self.began = state, time.monotonic()

    def check(self) -> None:
        """Raise an error if the report was cancelled.

        Raises:
            RefusedError: It was.
        """
        if self.cancelled.is_set():
            raise RefusedError(message="cancelled", status=409, code="cancelled")


class Job:
    """One pasted report.

    Attributes:
        id: An unguessable name; who knows it sees the report.
        given: The fields of the form.
        coded: The coded report once it is done.
        problem: What went wrong, once it failed.
    """

    def __init__(self, document: Document, given: dict[str, Any]) -> None:
        self.id = secrets.token_urlsafe(18)
        self.document = document
        self.given = given
        self.progress = Progress()
        self.finished = threading.Event()
        self.finished_at: float | None = None
        self.coded: CodedDocument | None = None
        self.problem: DragomanError | None = None

    @property
    def state(self) -> State:
        """Where the job is."""
        return self.progress.state

    def wait(self, seconds: float) -> bool:
        """Wait until the job is finished, at most so many seconds; return whether it is."""
        return self.finished.wait(seconds)


class CodingJobs:
    """Codes reports in threads; each ends by itself, by an error, or when its reader cancels it.

    Args:
        code: Codes a document and reports its progress.
        keep: Puts a coded report into the record.
    """

    def __init__(self, code: Code, keep: Callable[[CodedDocument], None]) -> None:
        self._code = code
        self._keep = keep
        self._jobs: collections.OrderedDict[str, Job] = collections.OrderedDict()
        self._lock = threading.Lock()
        self._paces: collections.deque[float] = collections.deque(maxlen=_MEASURED)

    def start(self, document: Document, given: dict[str, Any], *, keep: bool) -> Job:
        """Begin to code a report.

        Raises:
            RefusedError: Too many are being coded.
        """
        job = Job(document, given)
        with self._lock:
            self._forget()
            if len(self._jobs) >= MOST_JOBS:
                raise RefusedError(
                    message="too many texts are being coded; try again in a minute", status=503, code="busy"
                )
            self._jobs[job.id] = job
        threading.Thread(target=self._run, args=(job, keep), daemon=True, name="pasted report").start()
        return job

    def get(self, id: str) -> Job | None:
        """Return a job, or None if there is none of this id any more."""
        with self._lock:
            self._forget()
            return self._jobs.get(id)

    def cancel(self, job: Job) -> None:
        """Cancel a job; a finished one stays as it is."""
        job.progress.cancelled.set()
        # A process is ended within a fraction of a second; a coder in this process runs on unheard.
        if not job.wait(2.0):
            self._finish(job, "cancelled")

    def before(self, job: Job) -> int:
        """Return how many reports are coded before a waiting one."""
        with self._lock:
            jobs = list(self._jobs.values())
        earlier = jobs[: jobs.index(job)] if job in jobs else []
        return sum(not each.finished.is_set() for each in earlier)

    def expected(self, job: Job) -> float:
        """Return how many seconds a report of this length usually takes to be coded."""
        pace = statistics.median(self._paces) if self._paces else _USUAL_PACE
        return max(_LEAST, pace * len(job.document.text))

    def _run(self, job: Job, keep: bool) -> None:
        try:
            coded = self._code(job.document, job.progress)
            took = time.monotonic() - job.progress.began
            job.progress.check()
            if isinstance(coded, Failure):
                raise RefusedError(message=coded.message, status=422, code="not_valid")
            if keep:
                self._keep(coded)
            job.coded = coded
            self._paces.append(took / max(len(job.document.text), 1))
            self._finish(job, "done")
        except DragomanError as error:
            job.problem = error
            self._finish(job, "cancelled" if job.progress.cancelled.is_set() else "failed")
        except Exception:
            job.problem = RefusedError(message="something broke inside", status=500, code="broken")
            self._finish(job, "failed")
            raise

    def _finish(self, job: Job, state: State) -> None:
        with self._lock:
            if job.finished.is_set():
                return
            job.progress.state, job.finished_at = state, time.monotonic()
            job.finished.set()

    def _forget(self) -> None:
        """Forget jobs that finished long ago."""
        now = time.monotonic()
        for id, job in list(self._jobs.items()):
            if job.finished_at is not None and now - job.finished_at > SECONDS_KEPT:
                del self._jobs[id]
