"""Monitored worker processes on this machine: a lost one only costs the time to start another.

Each worker gets its shards through its own pipe and answers document by document, so that the current
document of a lost worker is known. Its unanswered documents are sent to a worker again. A document that
crashes three workers becomes a failure, and the rest of its shard continues.

Workers are started afresh (spawn), so a script that uses this needs `if __name__ == "__main__":`.
"""

from __future__ import annotations

import collections
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, EngineError, UsageError, WorkerLostError
from dragoman.language.threads import keep_to_one_thread
from dragoman.model.documents import Document
from dragoman.running.job import code_several, failure_of
from dragoman.running.shard import Coded, CoderSettings, Load, load_coder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

# Number of lost workers after which a document becomes a failure.
MOST_LOST = 3
# Shards of one worker: the current one and the next, so that it need not wait for the parent.
_AHEAD = 2
# Shards per worker that are held while an earlier one is unfinished: limits memory.
_HELD = 4
_SECONDS_TO_END = 2.0


class _Shard:
    """A shard, and the results received so far."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.results: list[Coded] = []
        self.lost = 0

    @property
    def done(self) -> bool:
        return len(self.results) >= len(self.documents)

    @property
    def rest(self) -> Sequence[Document]:
        return self.documents[len(self.results) :]

    def take(self, result: Coded) -> None:
        self.results.append(result)
        self.lost = 0

    def note_loss(self, why: str) -> None:
        """Count a worker lost with the current document; after too many, make the document a failure."""
        self.lost += 1
        if self.lost >= MOST_LOST and not self.done:
            name = self.rest[0].id
            self.take(failure_of(name, WorkerLostError(where=name, times=MOST_LOST, why=why)))


class _Worker:
    """One process, its pipe and its shards."""

    def __init__(self, settings: CoderSettings, load: Load) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=work, args=(other, settings, load), daemon=True, name="dragoman worker"
        )
        try:
            self.process.start()
        finally:
            # The parent must hold no copy of the child's end, so that the child's death closes the pipe.
            other.close()
        self.shards: collections.deque[_Shard] = collections.deque()
        self.ready = False

    def give(self, shard: _Shard) -> bool:
        """Send the rest of a shard; return False if the worker has died."""
        # Documents are parsed together; after a lost worker, one by one, to find the one that caused it.
        pieces = [[document] for document in shard.rest] if shard.lost else [list(shard.rest)]
        try:
            for piece in pieces:
                self.pipe.send(piece)
        except OSError:
            return False
        self.shards.append(shard)
        return True

    def end(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(_SECONDS_TO_END)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Workers:
    """Worker processes as an engine for `ingest`. Use it as a context manager.

    Args:
        count: Number of processes.
        settings: Settings of each worker's coder.
        load: Returns the function that prepares documents for coding; must be importable in a new process.

    Raises:
        UsageError: `count` is less than one.
    """

    def __init__(self, count: int, settings: CoderSettings | None = None, *, load: Load = load_coder) -> None:
        if count < 1:
            raise UsageError(message=f"workers {count}: give at least 1")
        self._count = count
        self._settings = settings or CoderSettings()
        self._load = load
        self._workers: list[_Worker] = []
        self._again: collections.deque[_Shard] = collections.deque()
        self._lost_at_start = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers; their unfinished work is lost."""
        while self._workers:
            self._workers.pop().end()

    @property
    def pids(self) -> list[int]:
        """The process ids of the running workers."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def __call__(self, shards: Iterable[Sequence[Document]]) -> Iterator[Sequence[Coded]]:
        """Code shards; yield the results of each, in input order.

        Raises:
            KnowledgeError: The coder cannot be made.
            EngineError: Workers exit as soon as they start.
        """
        source = iter(shards)
        held: collections.deque[_Shard] = collections.deque()
        more = True
        while more or held:
            while more and len(held) < self._count * _HELD and not self._busy():
                documents = next(source, None)
                if documents is None:
                    more = False
                    break
                shard = _Shard(documents)
                held.append(shard)
                if not shard.done:
                    self._again.append(shard)
                    self._hand_out()
            self._hand_out()
            while held and held[0].done:
                yield held.popleft().results
            if held and not held[0].done:
                self._listen()

    def _busy(self) -> bool:
        return bool(self._again) or (
            len(self._workers) >= self._count
            and all(len(worker.shards) >= _AHEAD for worker in self._workers)
        )

    def _hand_out(self) -> None:
        while self._again:
            if len(self._workers) < self._count:
                self._workers.append(_Worker(self._settings, self._load))
            worker = min(self._workers, key=lambda worker: len(worker.shards))
            if len(worker.shards) >= _AHEAD:
                return
            shard = self._again.popleft()
            if not worker.give(shard):
                self._again.appendleft(shard)
                self._bury(worker)

    def _listen(self) -> None:
        pipes: dict[Any, _Worker] = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(pipes)):
            worker = pipes[pipe]
            if worker not in self._workers:
                continue
            try:
                answer = worker.pipe.recv()
            # An incomplete answer of a worker that was killed.
            except (EOFError, OSError, pickle.UnpicklingError):
                self._bury(worker)
                continue
            if answer is None:
                worker.ready = True
                self._lost_at_start = 0
            elif isinstance(answer, Exception):
                raise answer
            else:
                worker.shards[0].take(answer)
                if worker.shards[0].done:
                    worker.shards.popleft()

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.join(_SECONDS_TO_END)
        code = worker.process.exitcode
        worker.end()
        if worker.ready and worker.shards:
            worker.shards[0].note_loss(_why(code))
        if not worker.ready:
            self._lost_at_start += 1
            if self._lost_at_start >= MOST_LOST * self._count:
                raise EngineError(message=(
                    f"workers exit immediately ({_why(code)}); if this is your own script,"
                    ' put its code under: if __name__ == "__main__":'
                ))  # fmt: skip
        # In the order sent, so that consumers that need it in order wait least.
        self._again.extendleft(shard for shard in reversed(worker.shards) if not shard.done)


def _why(code: int | None) -> str:
    if code is None:
        return "it closed its pipe"
    if code < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}" + (", perhaps out of memory" * (code == -9))
    return f"exit code {code}"


def work(pipe: Connection, settings: CoderSettings, load: Load) -> None:
    """Run as a worker: answer each document of each shard, until the pipe is closed."""
    # Ctrl-C reaches the whole process group; current work is finished, and the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_to_one_thread()
    shards: queue.SimpleQueue[list[Document]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, shards), daemon=True).start()
    with suppress(OSError):
        try:
            prepare = load(settings)
        except DragomanError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            for result in code_several(shards.get(), prepare):
                pipe.send(result)


def _receive(pipe: Connection, shards: queue.SimpleQueue[list[Document]]) -> None:
    # A separate thread takes shards from the pipe at once: the parent never waits to send while the worker
    # waits to answer. If the parent dies for any reason, the worker ends too.
    with suppress(EOFError, OSError):
        while True:
            shards.put(pipe.recv())
    os._exit(0)
