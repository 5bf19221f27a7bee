"""Ingestion of reports into a growing record, with interruptions at any point.

Whether a report has to be coded is decided in advance: by a hash of the report, the program and its data.
Results are written in small batches, each completely or not at all, and only then reported.
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.running.fingerprint import input_hash
from dragoman.running.job import failure_of, keep, one_by_one
from dragoman.running.shard import cut, in_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.record.store import Record
    from dragoman.running.grouping import Grouper
    from dragoman.running.shard import Engine

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


Work = CodedDocument | Failure | Outcome


class _Task(msgspec.Struct, frozen=True, kw_only=True):
    """A document to be coded, or its result or failure."""

    document: Document | None = None
    work: Work | None = None
    input_hash: str | None = None


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The limits at which a batch is written."""

    documents: int = _BATCH_DOCUMENTS
    seconds: float = _BATCH_SECONDS


def ingest(
    documents: Iterable[Document | Failure],
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
        documents: Output of readers; failures are stored.
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
    tasks = _plan(documents, coder, record, stop)
    if engine is not None:
        works = _through(cut(tasks, _size), engine)
    else:
        assert code is not None
        works = _through(([task] for task in tasks), in_process(one_by_one(code)))
    yield from _keep_all(works, record, run_id, grouper, batch or Batch())


def keep_coded(
    results: Iterable[CodedDocument | Failure],
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


def _plan(
    documents: Iterable[Document | Failure], coder: str, record: Record, stop: Callable[[], bool]
) -> Iterator[_Task]:
    for item in documents:
        if stop():
            return
        if isinstance(item, Failure):
            yield _Task(work=item)
            continue
        hashed = input_hash(item, coder)
        if record.input_hash(item.id) == hashed:
            yield _Task(work=Outcome(document_id=item.id, status="unchanged"), input_hash=hashed)
        else:
            yield _Task(document=item, input_hash=hashed)


def _size(task: _Task) -> int:
    return len(task.document.text) if task.document is not None else 0


def _through(shards: Iterable[list[_Task]], engine: Engine) -> Iterator[tuple[Work, str | None]]:
    # Documents that need no coding keep their position, so that the order is that of the input.
    under_way: collections.deque[list[_Task]] = collections.deque()

    def given() -> Iterator[list[Document]]:
        for shard in shards:
            under_way.append(shard)
            yield [task.document for task in shard if task.document is not None]

    for results in engine(given()):
        coded = iter(results)
        for task in under_way.popleft():
            yield task.work if task.work is not None else next(coded), task.input_hash


def _compare(
    results: Iterable[CodedDocument | Failure], coder: str, record: Record, stop: Callable[[], bool]
) -> Iterator[tuple[Work, str | None]]:
    for result in results:
        if stop():
            return
        if isinstance(result, Failure):
            yield result, None
            continue
        hashed = input_hash(result.document, coder)
        there = record.input_hash(result.id) == hashed
        yield Outcome(document_id=result.id, status="unchanged") if there else result, hashed


def _keep_all(
    works: Iterable[tuple[Work, str | None]],
    record: Record,
    run_id: int,
    grouper: Grouper | None,
    batch: Batch,
) -> Iterator[Outcome]:
    waiting: list[tuple[Work, str | None]] = []
    since = time.monotonic()
    for work in works:
        waiting.append(work)
        if len(waiting) >= batch.documents or time.monotonic() - since >= batch.seconds:
            yield from _write(waiting, record, run_id, grouper)
            waiting, since = [], time.monotonic()
    yield from _write(waiting, record, run_id, grouper)


def _write(
    waiting: list[tuple[Work, str | None]], record: Record, run_id: int, grouper: Grouper | None
) -> list[Outcome]:
    if all(isinstance(work, Outcome) for work, _ in waiting):
        return [work for work, _ in waiting if isinstance(work, Outcome)]
    with record.batch():
        outcomes = [_write_one(work, hashed, record, run_id, grouper) for work, hashed in waiting]
        if grouper is not None:
            grouper.flush()
    return outcomes


def _write_one(
    work: Work, hashed: str | None, record: Record, run_id: int, grouper: Grouper | None
) -> Outcome:
    if isinstance(work, Outcome):
        return work
    try:
        # A separate step inside the batch: an error in one document does not affect the others.
        with record.batch():
            loosened = grouper.leave(work.id) if grouper and isinstance(work, CodedDocument) else []
            kept = keep(work, record=record, run_id=run_id, input_hash=hashed)
            if grouper is not None and isinstance(kept, CodedDocument):
                grouper.take(kept, loosened=loosened)
    except RecordError:
        raise
    except Exception as error:  # noqa: BLE001 - a document that cannot be grouped must not stop a run
        kept = failure_of(work.id if isinstance(work, CodedDocument) else work.document_id, error)
        record.add_failure(kept, run_id=run_id)
    if isinstance(kept, Failure):
        return Outcome(document_id=kept.document_id, status="failed", failure=kept)
    return Outcome(document_id=kept.id, status="coded", events=len(kept.events))
