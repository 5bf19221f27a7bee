"""Documents through the whole way, one after another: coded, kept, and never stopped by a bad one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import RecordError
from dragoman.model.documents import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument
    from dragoman.record.store import Record


def code_all(
    documents: Iterable[Document | Failure],
    *,
    code: Callable[[Document], CodedDocument],
    record: Record | None = None,
    run_id: int = 0,
) -> Iterator[CodedDocument | Failure]:
    """Code documents in order; yield each when it is kept, so that what was yielded is never lost.

    Args:
        documents: What readers give; a failure is passed on and kept.
        code: Codes one document.
        record: Where to keep what comes out, if anywhere.
        run_id: The run that the record notes.

    Raises:
        RecordError: The record can no longer be written; what was yielded before is in it.
    """
    for item in documents:
        result = item if isinstance(item, Failure) else _code_one(item, code)
        if record is not None:
            if isinstance(result, Failure):
                record.add_failure(result, run_id=run_id)
            else:
                record.add(result, run_id=run_id)
        yield result


def _code_one(document: Document, code: Callable[[Document], CodedDocument]) -> CodedDocument | Failure:
    try:
        return code(document)
    except RecordError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place where a document's fault must not stop a run
        message = str(error) or type(error).__name__
        return Failure(
            document_id=document.id, error=type(error).__name__, message=f"{document.id}: {message}"
        )
