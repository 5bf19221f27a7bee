"""Estimate of the number of reports, without reading them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINES = (".jsonl", ".ndjson")
_SINGLE = (".txt", ".text", ".html", ".htm", "")
_BLOCK = 1 << 20


def count_reports(sources: Iterable[str]) -> int | None:
    """Return the number of reports in files and folders: files of one report, and lines of JSONL.

    Returns:
        The number, or None if one of the sources is of a kind that must be read to be counted.
    """
    total = 0
    for source in sources:
        path = Path(source)
        files = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else None
        if files is None:
            return None
        for file in files:
            found = _count_in(file)
            if found is None:
                return None
            total += found
    return total


def _count_in(file: Path) -> int | None:
    if not file.is_file() or file.name.endswith(".meta.json"):
        return 0
    if file.suffix in _SINGLE:
        return 1
    if file.suffix not in _LINES:
        return None
    lines, last = 0, b"\n"
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            lines += block.count(b"\n")
            last = block[-1:]
    return lines + (last != b"\n")
