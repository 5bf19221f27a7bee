"""Codes pasted reports in a separate process, so that pages stay responsive and slow reports can be stopped.

A thread cannot be stopped and would compete with the pages for the interpreter; a process can be ended. One
process is enough for pasted reports. Starting it takes several seconds, the first time and after each end.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.model.documents import Failure
from dragoman.running.local import work
from dragoman.running.shard import Load, load_coder
from dragoman.web.coding_jobs import Progress
from dragoman.web.refusals import RefusedError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument
    from dragoman.running.shard import CoderSettings

# Maximum number of requests waiting while a report is coded; each occupies a thread of the server.
MOST_WAITING = 8
# The longest text that may be pasted takes about four seconds on an idle machine.
SECONDS = 30.0
# The language model caches every word it has seen, so the process is replaced after this many reports.
MOST_CODED = 2000
_SECONDS_TO_LOAD = 120.0
_SECONDS_TO_END = 2.0
# Interval, in seconds, at which a waiting request checks whether it has been cancelled.
_GLANCE = 0.1


class CodingPool:
    """Separate process that codes one report at a time and is ended if a report takes too long.

    Safe to use from several threads.

    Args:
        settings: The settings of the coder.
        load: Function that loads the coder in the new process; must be importable there.
        waiting: Maximum number of waiting requests.
        seconds: Maximum time for coding one report.
    """

    def __init__(
        self, settings: CoderSettings, *, load: Load = load_coder, waiting: int = MOST_WAITING,
        seconds: float = SECONDS,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._load = load
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(waiting + 1)
        self._turn = threading.Lock()
        self._worker: tuple[SpawnProcess, Connection] | None = None
        self._coded = 0

    def code(self, document: Document, progress: Progress | None = None) -> CodedDocument | Failure:
        """Code a document.

        Args:
            document: The document.
            progress: Updated when a stage begins; if it is cancelled, the process is ended.

        Raises:
            RefusedError: Too many requests are waiting, the report took too long or was cancelled.
            KnowledgeError: The coder cannot be created.
        """
        progress = progress or Progress()
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            self._wait_for_turn(progress)
            try:
                return self._code(document, progress)
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _wait_for_turn(self, progress: Progress) -> None:
        until = time.monotonic() + self._seconds
        while not self._turn.acquire(timeout=_GLANCE):
            progress.check()
            if time.monotonic() > until:
                raise _busy()

    def close(self) -> None:
        """End the process, discarding the report being coded."""
        worker, self._worker = self._worker, None
        if worker is not None:
            process, pipe = worker
            pipe.close()
            process.terminate()
            process.join(_SECONDS_TO_END)
            if process.is_alive():
                process.kill()
                process.join()

    def _code(self, document: Document, progress: Progress) -> CodedDocument | Failure:
        if self._worker is None:
            progress.enter("loading")
        _, pipe = self._worker or self._start()
        progress.enter("coding")
        began = time.monotonic()
        try:
            pipe.send([document])
            if self._is_answered(pipe, progress):
                answer: CodedDocument | Failure = pipe.recv()
                self._coded += 1
                if self._coded >= MOST_CODED:
                    self.close()
                return answer
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            raise RefusedError(
                message="the process that coded the text ended", status=503, code="unavailable"
            ) from None
        self.close()
        raise RefusedError(
            message=f"the text was not coded within {time.monotonic() - began:.0f} s; paste a shorter one",
            status=503, code="took_too_long",
        )  # fmt: skip

    def _is_answered(self, pipe: Connection, progress: Progress) -> bool:
        """Wait for the answer; end the process if the report is cancelled meanwhile.

        Raises:
            RefusedError: The report was cancelled.
        """
        until = time.monotonic() + self._seconds
        while not pipe.poll(_GLANCE):
            if progress.cancelled.is_set():
                self.close()
                progress.check()
            if time.monotonic() > until:
                return False
        return True

    def _start(self) -> tuple[SpawnProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        pipe, other = context.Pipe()
        process = context.Process(
            target=work, args=(other, self._settings, self._load), daemon=True, name="dragoman coder"
        )
        process.start()
        other.close()
        self._worker, self._coded = (process, pipe), 0
        answer: object = _NOTHING
        with suppress(OSError, EOFError):
            answer = pipe.recv() if pipe.poll(_SECONDS_TO_LOAD) else _NOTHING
        if answer is not None:
            self.close()
            if isinstance(answer, DragomanError):
                raise answer
            raise RefusedError(message="the coder cannot be loaded", status=503, code="unavailable")
        return process, pipe


_NOTHING = object()


def _busy() -> RefusedError:
    return RefusedError(
        message="too many texts are being coded; try again in a minute", status=503, code="busy"
    )
