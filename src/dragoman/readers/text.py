"""Plain text files, with what is known of them in a `.meta.json` beside the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dragoman.errors import BadLineError
from dragoman.readers.documents import make_document
from dragoman.readers.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.model.documents import Document


def read_text(path: Path, content: bytes) -> Document:
    """Make a document of a text file's bytes; its id is the file's name unless `.meta.json` says more.

    Raises:
        DocumentError: The file or the `.meta.json` beside it cannot be used.
    """
    fields: dict[str, Any] = {"id": path.stem, **_beside(path)}
    fields["text"] = decode(content, where=path.name)
    return make_document(fields, where=path.name)


def _beside(path: Path) -> dict[str, Any]:
    meta = path.with_name(f"{path.stem}.meta.json")
    if not meta.exists():
        return {}
    try:
        found = json.loads(meta.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadLineError(where=meta.name, why=f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadLineError(where=meta.name, why="not an object")
    return found
