"""One bad document becomes a failure; the others are coded and kept."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.running.job import code_all


@pytest.mark.pipeline
def test_an_exception_in_one_document_is_kept_as_its_failure(tmp_path: Path, coded: CodedDocument) -> None:
    def code(document: Document) -> CodedDocument:
        if document.id == "bad":
            raise ValueError("broken")
        return msgspec.structs.replace(coded, id=document.id, document=document, events=())

    documents: list[Document | Failure] = [
        Document(id="a", text="x"),
        Document(id="bad", text="y"),
        Failure(document_id="unread", error="EmptyDocumentError", message="unread: no text"),
        Document(id="b", text="z"),
    ]
    with Record.open(tmp_path / "r.sqlite") as record:
        results = list(code_all(documents, code=code, record=record, run_id=record.begin_run("test")))
        assert [type(result).__name__ for result in results] == [
            "CodedDocument", "Failure", "Failure", "CodedDocument"
        ]  # fmt: skip
        assert [document.id for document in record.documents()] == ["a", "b"]
        assert {failure.document_id for failure in record.failures()} == {"bad", "unread"}
