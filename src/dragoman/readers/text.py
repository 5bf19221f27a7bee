"""Plain text files, with metadata in a `.meta.json` file next to the text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dragoman.errors import BadLineError, EmptyDocumentError, TooLargeError
from dragoman.files import open_regular
from dragoman.readers.documents import make_document
from dragoman.readers.encoding import decode
from dragoman.settings import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

META_SUFFIX = ".meta.json"
# UTF-8 and other Unicode encodings take at most four bytes per character.
_MAX_TEXT_BYTES = 4 * MAX_CHARACTERS
_MAX_META_BYTES = 100_000


def read_text(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a text, which is not changed.

    Its id is the file's name without suffix, unless the `.meta.json` next to it gives one.

    Raises:
        DocumentError: The file or the `.meta.json` next to it cannot be used.
    """
    content = source.stream.read(_MAX_TEXT_BYTES + 1)
    if len(content) > _MAX_TEXT_BYTES:
        raise TooLargeError(where=source.name, size=_size(source.path, len(content)), limit=MAX_CHARACTERS)
    if not content.strip():
        raise EmptyDocumentError(where=source.name)
    beside = facts_beside(source.path) if source.path else {}
    fields: dict[str, Any] = {"id": source.stem, **beside}
    fields["text"] = decode(content, where=source.name)
    yield make_document(fields, where=source.name)


def _size(path: Path | None, read: int) -> int:
    return path.stat().st_size if path is not None else read


def facts_beside(path: Path) -> dict[str, Any]:
    """Return the content of the `.meta.json` next to a file; empty if there is none.

    Raises:
        BadLineError: The content is not a JSON object.
    """
    meta = path.with_name(f"{path.stem}{META_SUFFIX}")
    try:
        # For a name of 250 letters, the name of its metadata file is too long for the file system.
        if not meta.is_file():
            return {}
    except OSError:
        return {}
    try:
        with open_regular(meta) as file:
            found = json.loads(file.read(_MAX_META_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        raise BadLineError(where=meta.name, why=f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadLineError(where=meta.name, why="not an object")
    return found
