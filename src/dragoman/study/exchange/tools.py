"""The annotation tools by name: writing a record for a tool, reading its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import BadAnnotationError, UsageError
from dragoman.study.exchange import doccano, inception, label_studio, prodigy
from dragoman.study.exchange.annotations import check_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dragoman.study.exchange.annotations import AnnotatedText

TOOLS = ("label-studio", "prodigy", "doccano", "inception")
_JSON = msgspec.json.Encoder()


def write_for(tool: str, texts: Iterable[AnnotatedText], path: Path) -> int:
    """Write annotated texts for a tool; return their number.

    Args:
        tool: One of `TOOLS`.
        texts: The texts.
        path: The file to write; for INCEpTION a folder.

    Raises:
        UsageError: There is no such tool, or the folder already exists.
    """
    if tool == "inception":
        return inception.write_folder(texts, path)
    known = list(texts)
    if tool == "label-studio":
        path.write_bytes(msgspec.json.format(_JSON.encode(label_studio.write_tasks(known)), indent=1))
        path.with_suffix(".config.xml").write_text(label_studio.labelling_config(), encoding="utf-8")
    elif tool in ("prodigy", "doccano"):
        lines = (prodigy if tool == "prodigy" else doccano).write_lines(known)
        path.write_bytes(b"".join(_JSON.encode(line) + b"\n" for line in lines))
    else:
        raise UsageError(message=f"no tool {tool!r}; use one of {', '.join(TOOLS)}")
    return len(known)


def read_from(tool: str, path: Path) -> Iterator[AnnotatedText]:
    """Read the annotations of a tool, with each span and label checked.

    Raises:
        UsageError: There is no such tool or file.
        BadAnnotationError: The file is not in the tool's format, or an annotation is wrong; the message names
            it.
    """
    if tool not in TOOLS:
        raise UsageError(message=f"no tool {tool!r}; use one of {', '.join(TOOLS)}")
    if not path.exists():
        raise UsageError(message=f"{path}: no such file")
    if tool == "inception":
        yield from map(check_spans, inception.read_folder(path))
    elif tool == "label-studio":
        yield from map(check_spans, label_studio.read_tasks(_decoded(path.read_bytes(), path.name)))
    else:
        rows = (
            _decoded(line, f"{path.name} line {number}")
            for number, line in enumerate(path.read_bytes().splitlines(), 1)
            if line.strip()
        )
        yield from map(check_spans, (prodigy if tool == "prodigy" else doccano).read_lines(rows))


def _decoded(data: bytes, where: str) -> Any:
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise BadAnnotationError(where=where, why=f"not JSON: {error}") from error
