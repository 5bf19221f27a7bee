"""One shard of documents through the whole way; a document that fails is kept as a failure, never hidden.

Nothing here knows whether it runs in this process or in many.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import RecordError, UnkeepableError
from dragoman.model.documents import Document, DocumentAt, Failure
from dragoman.model.origins import UNKNOWN, FileEnd, Origin, ReadingEnd
from dragoman.model.records import CodedDocument
from dragoman.readers.origins import steps_of
from dragoman.running.fingerprint import input_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.record.store import Record

# Codes a document.
Code = Callable[[Document], CodedDocument]
# Takes in some documents at once and returns for each what codes it.
Prepare = Callable[[Sequence[Document]], Sequence[Callable[[], CodedDocument]]]


def code_all(
    documents: Iterable[Document | Failure],
    *,
    code: Callable[[Document], CodedDocument],
    record: Record | None = None,
    run_id: int = 0,
    coder: str | None = None,
) -> Iterator[CodedDocument | Failure]:
    """Code documents in order; yield each when it is kept, so that what was yielded is never lost.

    Args:
        documents: What readers give; a failure is passed on and kept.
        code: Codes one document.
        record: Where to keep what comes out, if anywhere.
        run_id: The run that the record notes.
        coder: What the coding depends on, from `fingerprint`, so that ingest need not code them again.

    Raises:
        RecordError: The record can no longer be written; what was yielded before is in it.
    """
    for step in steps_of(documents):
        if isinstance(step, FileEnd | ReadingEnd):
            if record is not None:
                end_step(step, record, run_id)
            continue
        result = step if isinstance(step, Failure) else code_one(step.document, code)
        if record is not None:
            hashed = input_hash(step.document, coder) if coder and isinstance(step, DocumentAt) else None
            result = keep(result, record=record, run_id=run_id, input_hash=hashed, origin=step.origin)
        yield result


def end_step(step: FileEnd | ReadingEnd, record: Record, run_id: int) -> None:
    """Delete the failures that are no longer true after a file, or all that was given, was read."""
    if isinstance(step, FileEnd):
        record.end_file(step.file, run_id=run_id)
    else:
        record.end_reading(step, run_id=run_id)


def keep(
    result: CodedDocument | Failure,
    *,
    record: Record,
    run_id: int,
    input_hash: str | None = None,
    origin: Origin = UNKNOWN,
) -> CodedDocument | Failure:
    """Keep a result; one that cannot be stored becomes a failure, which is kept in its place."""
    if not isinstance(result, Failure):
        try:
            record.add(result, run_id=run_id, input_hash=input_hash, origin=origin)
        except UnkeepableError as error:
            result = failure_of(result.id, error)
    if isinstance(result, Failure):
        if result.origin == UNKNOWN:
            result = msgspec.structs.replace(result, origin=origin)
        record.add_failure(result, run_id=run_id)
    return result


def attempt(document: Document, code: Callable[[], CodedDocument]) -> CodedDocument | Failure:
    """Code a document; what goes wrong with it becomes its failure.

    Raises:
        RecordError: Something is wrong with the record, not with the document.
    """
    try:
        return code()
    except RecordError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place where a document's fault must not stop a run
        return failure_of(document.id, error)


def code_one(document: Document, code: Code) -> CodedDocument | Failure:
    """Code one document; what goes wrong with it becomes its failure."""
    return attempt(document, functools.partial(code, document))


def code_several(documents: Sequence[Document], prepare: Prepare) -> Iterator[CodedDocument | Failure]:
    """Code documents that are prepared together; what goes wrong with one becomes its failure.

    Raises:
        RecordError: Something is wrong with the record, not with a document.
    """
    try:
        ways = prepare(documents)
    except RecordError:
        raise
    except Exception:  # noqa: BLE001 - which document it was shows when each is prepared alone
        ways = [functools.partial(_alone, prepare, document) for document in documents]
    for document, way in zip(documents, ways, strict=True):
        yield attempt(document, way)


def _alone(prepare: Prepare, document: Document) -> CodedDocument:
    return prepare([document])[0]()


def one_by_one(code: Code) -> Prepare:
    """Return what prepares nothing: each document is coded by itself."""
    return lambda documents: [functools.partial(code, document) for document in documents]


def failure_of(document_id: str, error: Exception, *, origin: Origin = UNKNOWN) -> Failure:
    """Make the failure of a document of what was raised, and of where it was read if that is known."""
    message = str(error) or type(error).__name__
    # The message on a bad document can contain the invalid characters that made it bad.
    message = message.encode("utf-8", "replace").decode("utf-8")
    name = document_id.encode("utf-8", "replace").decode("utf-8")
    told = message if message.startswith(f"{name}: ") else f"{name}: {message}"
    return Failure(document_id=name, error=type(error).__name__, message=told, origin=origin)
