"""Ingestion of reports into a growing record, with interruptions at any point.

Whether a report has to be coded is decided in advance: by a hash of the report, the program and its data.
Results are written in small batches, each completely or not at all, and only then reported.
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.model.documents import Document, DocumentAt, Failure
from dragoman.model.origins import UNKNOWN, FileEnd, Origin, ReadingEnd
from dragoman.model.records import CodedDocument
from dragoman.readers.origins import steps_of
from dragoman.running.fingerprint import input_hash
from dragoman.running.job import end_step, failure_of, keep, one_by_one
from dragoman.running.shard import CodingAt, cut, in_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.readers.origins import Item, Step
    from dragoman.record.store import Record
    from dragoman.running.grouping import Grouper
    from dragoman.running.shard import Engine, Result

Status = Literal["coded", "unchanged", "failed"]
# A batch is written when it reaches this size or age, which limits the loss in a crash.
_BATCH_DOCUMENTS = 32
_BATCH_SECONDS = 2.0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The result for one document, which is already in the record.

    Attributes:
        document_id: The document.
        status: "coded" now, "unchanged" since it was coded before, or "failed".
        events: Number of events coded from it now.
        failure: Why it failed.
    """

    document_id: str
    status: Status
    events: int = 0
    failure: Failure | None = None


End = FileEnd | ReadingEnd
Work = CodedDocument | Failure | Outcome | End


class _Task(msgspec.Struct, frozen=True, kw_only=True):
    """A document to be coded, or its result or failure."""

    document: Document | None = None
    work: Work | None = None
    input_hash: str | None = None
    origin: Origin = UNKNOWN


class _Due(NamedTuple):
    """What is to be written."""

    work: Work
    input_hash: str | None = None
    origin: Origin = UNKNOWN


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The limits at which a batch is written."""

    documents: int = _BATCH_DOCUMENTS
    seconds: float = _BATCH_SECONDS


def ingest(
    documents: Iterable[Item | Step],
    *,
    coder: str,
    record: Record,
    run_id: int,
    code: Callable[[Document], CodedDocument] | None = None,
    engine: Engine | None = None,
    grouper: Grouper | None = None,
    stop: Callable[[], bool] = lambda: False,
    batch: Batch | None = None,
) -> Iterator[Outcome]:
    """Code and store new and changed documents; yield each outcome once it is written.

    Args:
        documents: Output of readers; failures are stored. From `read` it is also known where each was read.
        coder: The hash of the coder, from `fingerprint`.
        record: The record to write to.
        run_id: Id of the run in the record.
        code: Codes one document, sequentially in this process.
        engine: Codes shards of documents elsewhere, see `local` and `cluster`. Either this or `code`.
        grouper: Assigns documents to stories and events to entries.
        stop: Called before each document; once it returns True, coded documents are written and the run ends.
        batch: Limits of a batch.

    Raises:
        RecordError: The record can no longer be written; everything yielded before is in it.
        UsageError: Neither `code` nor `engine`, or both.
    """
    if (code is None) == (engine is None):
        raise UsageError(message="ingest: give either code or engine")
    tasks = _plan(steps_of(documents), coder, record, stop)
    if engine is not None:
        works = _through(cut(tasks, _size, counts=_is_report), engine)
    else:
        assert code is not None
        works = _through(([task] for task in tasks), in_process(one_by_one(code)))
    yield from _keep_all(works, record, run_id, grouper, batch or Batch())


def keep_coded(
    results: Iterable[Result],
    *,
    coder: str,
    record: Record,
    run_id: int,
    grouper: Grouper | None = None,
    stop: Callable[[], bool] = lambda: False,
    batch: Batch | None = None,
) -> Iterator[Outcome]:
    """Store externally coded documents, as `ingest` does; those already in the record are unchanged.

    Raises:
        RecordError: The record can no longer be written; everything yielded before is in it.
    """
    works = _compare(results, coder, record, stop)
    yield from _keep_all(works, record, run_id, grouper, batch or Batch())


def _plan(steps: Iterable[Step], coder: str, record: Record, stop: Callable[[], bool]) -> Iterator[_Task]:
    for step in steps:
        if stop():
            return
        if not isinstance(step, DocumentAt):
            yield _Task(work=step)
            continue
        document, origin = step.document, step.origin
        hashed = input_hash(document, coder)
        if record.input_hash(document.id) == hashed:
            unchanged = Outcome(document_id=document.id, status="unchanged")
            yield _Task(work=unchanged, input_hash=hashed, origin=origin)
        else:
            yield _Task(document=document, input_hash=hashed, origin=origin)


def _size(task: _Task) -> int:
    return len(task.document.text) if task.document is not None else 0


def _is_report(task: _Task) -> bool:
    return not isinstance(task.work, FileEnd | ReadingEnd)


def _through(shards: Iterable[list[_Task]], engine: Engine) -> Iterator[_Due]:
    # Documents that need no coding keep their position, so that the order is that of the input.
    under_way: collections.deque[list[_Task]] = collections.deque()

    def given() -> Iterator[list[Document]]:
        for shard in shards:
            under_way.append(shard)
            yield [task.document for task in shard if task.document is not None]

    for results in engine(given()):
        coded = iter(results)
        for task in under_way.popleft():
            work = task.work if task.work is not None else next(coded)
            yield _Due(_at(work, task.origin), task.input_hash, task.origin)


def _compare(
    results: Iterable[Result], coder: str, record: Record, stop: Callable[[], bool]
) -> Iterator[_Due]:
    for item in results:
        if stop():
            return
        result, origin = (item.coded, item.origin) if isinstance(item, CodingAt) else (item, UNKNOWN)
        if not isinstance(result, CodedDocument):
            yield _Due(result)
            continue
        hashed = input_hash(result.document, coder)
        there = record.input_hash(result.id) == hashed
        work = Outcome(document_id=result.id, status="unchanged") if there else result
        yield _Due(work, hashed, origin)


def _at(work: Work, origin: Origin) -> Work:
    """Say of a report that could not be coded where it was read."""
    if isinstance(work, Failure) and work.origin == UNKNOWN:
        return msgspec.structs.replace(work, origin=origin)
    return work


def _keep_all(
    works: Iterable[_Due],
    record: Record,
    run_id: int,
    grouper: Grouper | None,
    batch: Batch,
) -> Iterator[Outcome]:
    waiting: list[_Due] = []
    since = time.monotonic()
    for work in works:
        waiting.append(work)
        if len(waiting) >= batch.documents or time.monotonic() - since >= batch.seconds:
            yield from _write(waiting, record, run_id, grouper)
            waiting, since = [], time.monotonic()
    yield from _write(waiting, record, run_id, grouper)


def _write(waiting: list[_Due], record: Record, run_id: int, grouper: Grouper | None) -> list[Outcome]:
    if not any(_is_to_write(due, record) for due in waiting):
        return [due.work for due in waiting if isinstance(due.work, Outcome)]
    outcomes = []
    with record.batch():
        for due in waiting:
            if isinstance(due.work, FileEnd | ReadingEnd):
                end_step(due.work, record, run_id)
            else:
                outcomes.append(_write_one(due.work, due, record, run_id, grouper))
        if grouper is not None:
            grouper.flush()
    return outcomes


def _is_to_write(due: _Due, record: Record) -> bool:
    """Tell if something changes in the record; a run over unchanged reports must not wait for the disk."""
    if isinstance(due.work, Outcome):
        return record.is_answered(due.work.document_id, due.origin)
    if isinstance(due.work, FileEnd):
        return record.has_failure(due.work.file)
    return True


def _write_one(
    work: CodedDocument | Failure | Outcome, due: _Due, record: Record, run_id: int, grouper: Grouper | None
) -> Outcome:
    if isinstance(work, Outcome):
        record.answer_failures(work.document_id, due.origin)
        return work
    try:
        # A separate step inside the batch: an error in one document does not affect the others.
        with record.batch():
            loosened = grouper.leave(work.id) if grouper and isinstance(work, CodedDocument) else []
            kept = keep(work, record=record, run_id=run_id, input_hash=due.input_hash, origin=due.origin)
            if grouper is not None and isinstance(kept, CodedDocument):
                grouper.take(kept, loosened=loosened)
    except RecordError:
        raise
    except Exception as error:  # noqa: BLE001 - a document that cannot be grouped must not stop a run
        name = work.id if isinstance(work, CodedDocument) else work.document_id
        kept = failure_of(name, error, origin=due.origin)
        record.add_failure(kept, run_id=run_id)
    if isinstance(kept, Failure):
        return Outcome(document_id=kept.document_id, status="failed", failure=kept)
    return Outcome(document_id=kept.id, status="coded", events=len(kept.events))
