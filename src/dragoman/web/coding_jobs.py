"""Jobs for pasted reports that take too long for one request; each can be monitored and cancelled."""

from __future__ import annotations

import collections
import secrets
import statistics
import threading
import time
from typing import TYPE_CHECKING, Any, Literal

from dragoman.errors import DragomanError
from dragoman.model.documents import Failure
from dragoman.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument

    Code = Callable[[Document, "Progress"], CodedDocument | Failure]

State = Literal["waiting", "loading", "coding", "done", "failed", "cancelled"]
# How long a finished job is kept, in seconds, and the maximum number of jobs kept.
SECONDS_KEPT = 600.0
MOST_JOBS = 60
# Initial estimate of the coding time, before any was measured: seconds per character, on an idle machine.
_USUAL_PACE = 0.0001
_LEAST = 1.0
_MEASURED = 20


class Progress:
    """Progress of coding one report; the web page sets `cancelled`, the coder checks it."""

    def __init__(self) -> None:
        self.state: State = "waiting"
        self.cancelled = threading.Event()
        self.began = time.monotonic()

    def enter(self, state: State) -> None:
        """Record that the next stage has begun.

        Raises:
            RefusedError: The report was cancelled.
        """
        self.check()
        self.state, self.began = state, time.monotonic()

    def check(self) -> None:
        """Raise an error if the report was cancelled.

        Raises:
            RefusedError: The report was cancelled.
        """
        if self.cancelled.is_set():
            raise RefusedError(message="cancelled", status=409, code="cancelled")


class Job:
    """One pasted report.

    Attributes:
        id: Unguessable identifier; anyone who knows it can see the report.
        given: The submitted form fields.
        coded: The coded report when finished, else None.
        problem: Error of a failed job, else None.
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
        """Current state of the job."""
        return self.progress.state

    def wait(self, seconds: float) -> bool:
        """Wait until the job is finished or the time is up; return True if it is finished."""
        return self.finished.wait(seconds)


class CodingJobs:
    """Runner of coding jobs in threads; each job ends on success, on an error or when it is cancelled.

    Args:
        code: Function that codes a document and reports its progress.
        keep: Function that saves a coded report in the record.
    """

    def __init__(self, code: Code, keep: Callable[[CodedDocument], None]) -> None:
        self._code = code
        self._keep = keep
        self._jobs: collections.OrderedDict[str, Job] = collections.OrderedDict()
        self._lock = threading.Lock()
        self._paces: collections.deque[float] = collections.deque(maxlen=_MEASURED)

    def start(self, document: Document, given: dict[str, Any], *, keep: bool) -> Job:
        """Start coding a report.

        Raises:
            RefusedError: Too many reports are being coded.
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
        """Return the job with an id, or None if it does not exist (any more)."""
        with self._lock:
            self._forget()
            return self._jobs.get(id)

    def cancel(self, job: Job) -> None:
        """Cancel a job; a finished job is left unchanged."""
        job.progress.cancelled.set()
        # A separate process ends within a fraction of a second; a coder in this process continues, its result
        # ignored.
        if not job.wait(2.0):
            self._finish(job, "cancelled")

    def before(self, job: Job) -> int:
        """Return the number of reports that will be coded before a waiting job."""
        with self._lock:
            jobs = list(self._jobs.values())
        earlier = jobs[: jobs.index(job)] if job in jobs else []
        return sum(not each.finished.is_set() for each in earlier)

    def expected(self, job: Job) -> float:
        """Return the usual coding time of a report of this length, in seconds."""
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
        """Delete jobs that finished long ago."""
        now = time.monotonic()
        for id, job in list(self._jobs.items()):
            if job.finished_at is not None and now - job.finished_at > SECONDS_KEPT:
                del self._jobs[id]
