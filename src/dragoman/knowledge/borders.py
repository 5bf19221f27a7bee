"""Land borders between states, for phrases such as "its neighbor"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from pathlib import Path


def load_borders(path: Path | None = None) -> dict[str, frozenset[str]]:
    """Load the table of borders: alpha-3 code -> codes of the neighbours."""
    path = path or data_folder() / "actors" / "borders.tsv"
    borders = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            state, _, others = line.partition("\t")
            borders[state] = frozenset(others.split())
    return borders
