"""JSONL: one report a line, as an object with id, text, title, published_on, publisher, url."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dragoman.errors import BadLineError, DocumentError
from dragoman.model.documents import Document, Failure
from dragoman.readers.documents import make_document

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_jsonl(text: str, *, where: str) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the line, for each line that is not blank."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _read_line(line, f"{where}:{number}")


def _read_line(line: str, where: str) -> Document | Failure:
    name = where
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            raise BadLineError(where=where, why="not an object")
        name = str(fields.get("id") or where)
        return make_document(fields, where=where)
    except RecursionError:
        return Failure(document_id=name, error="BadLineError", message=f"{where}: nested too deep")
    except json.JSONDecodeError as error:
        bad = BadLineError(where=where, why=f"not JSON: {error.msg}")
        return Failure(document_id=name, error="BadLineError", message=str(bad))
    except DocumentError as error:
        return Failure(document_id=name, error=type(error).__name__, message=str(error))
