"""Paths to documents: files, folders, globs and standard input; one bad file never stops the rest."""

from __future__ import annotations

import glob
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import (
    DocumentError,
    DuplicateIdError,
    EmptyDocumentError,
    TooLargeError,
    UnreadableError,
)
from dragoman.model.documents import Document, Failure
from dragoman.readers.documents import make_document
from dragoman.readers.encoding import decode
from dragoman.readers.jsonl import read_jsonl
from dragoman.readers.text import read_text
from dragoman.settings import MAX_BYTES, MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINES = (".jsonl", ".ndjson")
TEXTS = (".txt", ".text", "")
STANDARD_INPUT = "-"
# UTF-8 takes at most four bytes a character.
_MAX_TEXT_BYTES = 4 * MAX_CHARACTERS


def read(paths: Iterable[str]) -> Iterator[Document | Failure]:
    """Yield the documents of files, folders, globs and `-`, in order, and a failure for each bad one.

    A second document with an id that was given before fails, so that none is lost unseen.
    """
    seen: dict[str, str] = {}
    for given in paths:
        for item in _read_one(given):
            if isinstance(item, Document) and item.id in seen and seen[item.id] != item.text:
                error = DuplicateIdError(where=given, id=item.id, first="an earlier place")
                yield Failure(document_id=item.id, error=type(error).__name__, message=str(error))
                continue
            if isinstance(item, Document):
                seen[item.id] = item.text
            yield item


def _read_one(given: str) -> Iterator[Document | Failure]:
    if given == STANDARD_INPUT:
        yield from _guarded("standard input", _standard_input())
        return
    path = Path(given)
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.suffix in (".txt", *LINES) and p.is_file()):
            yield from _guarded(inner.name, _file(inner))
    elif path.exists() or not glob.has_magic(given):
        yield from _guarded(path.stem or given, _file(path))
    else:
        for match in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - takes absolute patterns too
            yield from _read_one(match)


def _guarded(name: str, items: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    try:
        yield from items
    except DocumentError as error:
        yield Failure(document_id=name, error=type(error).__name__, message=str(error))


def _file(path: Path) -> Iterator[Document | Failure]:
    content = _bytes(path)
    if path.suffix in LINES:
        yield from read_jsonl(decode(content, where=path.name), where=path.name)
    elif path.suffix in TEXTS:
        yield read_text(path, _within(content, path.name))
    else:
        why = f"{path.suffix} files cannot be read; give .txt or .jsonl"
        raise UnreadableError(where=path.name, why=why)


def _within(content: bytes, name: str) -> bytes:
    if not content.strip():
        raise EmptyDocumentError(where=name)
    if len(content) > _MAX_TEXT_BYTES:
        raise TooLargeError(where=name, size=len(content), limit=MAX_CHARACTERS)
    return content


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLargeError(where=path.name, size=size, limit=MAX_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(where=str(path), why=error.strerror or str(error)) from error


def _standard_input() -> Iterator[Document | Failure]:
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLargeError(where="standard input", size=len(content), limit=MAX_BYTES)
    text = decode(content, where="standard input")
    if text.lstrip().startswith("{"):
        yield from read_jsonl(text, where="standard input")
    else:
        yield make_document({"text": text}, where="standard input")
