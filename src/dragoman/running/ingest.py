"""Ingest: reports into a record that grows, however often it is interrupted.

Whether a report has to be coded is decided before it is coded: by a hash of the report, the program and
its data. What was coded is written in small batches, each whole or not at all, and told only when it is
written.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.errors import RecordError
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.running.fingerprint import input_hash
from dragoman.running.job import code_one, failure_of, keep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.record.store import Record
    from dragoman.running.grouping import Grouper

Status = Literal["coded", "unchanged", "failed"]
# A batch is written when it has so many documents or has waited so long: what a crash costs at most.
_BATCH_DOCUMENTS = 32
_BATCH_SECONDS = 2.0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one document; it is in the record when this is given.

    Attributes:
        document_id: The document.
        status: "coded" now, "unchanged" since it was coded before, or "failed".
        events: How many events were coded from it now.
        failure: Why it failed.
    """

    document_id: str
    status: Status
    events: int = 0
    failure: Failure | None = None


Work = CodedDocument | Failure | Outcome


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """How large a batch gets before it is written."""

    documents: int = _BATCH_DOCUMENTS
    seconds: float = _BATCH_SECONDS


def ingest(
    documents: Iterable[Document | Failure],
    *,
    code: Callable[[Document], CodedDocument],
    coder: str,
    record: Record,
    run_id: int,
    grouper: Grouper | None = None,
    stop: Callable[[], bool] = lambda: False,
    batch: Batch | None = None,
) -> Iterator[Outcome]:
    """Code what is new or changed and keep it; yield each document's outcome once it is written.

    Args:
        documents: What readers give; a failure is kept.
        code: Codes one document.
        coder: What the coding depends on, from `fingerprint`.
        record: Where it is kept.
        run_id: The run that the record notes.
        grouper: Puts documents into stories and events into entries.
        stop: Asked before each document; once it says yes, what is coded is written and the run ends.
        batch: How large a batch gets.

    Raises:
        RecordError: The record can no longer be written; what was yielded before is in it.
    """
    batch = batch or Batch()
    waiting: list[tuple[Work, str | None]] = []
    since = time.monotonic()
    for item in documents:
        if stop():
            break
        if not waiting:
            since = time.monotonic()
        waiting.append(_work_off(item, code, coder, record))
        if len(waiting) >= batch.documents or time.monotonic() - since >= batch.seconds:
            yield from _write(waiting, record, run_id, grouper)
            waiting = []
    yield from _write(waiting, record, run_id, grouper)


def _work_off(
    item: Document | Failure, code: Callable[[Document], CodedDocument], coder: str, record: Record
) -> tuple[Work, str | None]:
    if isinstance(item, Failure):
        return item, None
    hashed = input_hash(item, coder)
    if record.input_hash(item.id) == hashed:
        return Outcome(document_id=item.id, status="unchanged"), hashed
    return code_one(item, code), hashed


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
        # Inside the batch, a step of its own: what goes wrong with one document takes no other with it.
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
