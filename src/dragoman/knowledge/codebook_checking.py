"""Consistency checks of the files of a codebook that loading does not perform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.cameo_checking import cameo_faults
from dragoman.knowledge.codebook import load_codebook
from dragoman.model.terms import EVENT_TYPES

if TYPE_CHECKING:
    from dragoman.knowledge.codebook import Folders


def check_codebook(folders: Folders = None) -> list[str]:
    """Load a codebook and check its files for consistency.

    Args:
        folders: One or more folders, as for `load_codebook`.

    Returns:
        One line per error.

    Raises:
        KnowledgeError: A file is missing or invalid.
    """
    book = load_codebook(folders)
    faults = [f"{name}: no file for this event type" for name in EVENT_TYPES if name not in book.types]
    for entry in book.types.values():
        scores = [entry.intensity, *(mode.intensity for mode in entry.modes.values())]
        if entry.id != "REQUEST" and any(score * entry.sign < 0 for score in scores):
            faults.append(f"{entry.id}: a score's sign is against its quad class {entry.quad_class}")
        hits = sum(bool(example.expect) for example in entry.examples)
        if hits < 3 or hits == len(entry.examples):
            faults.append(f"{entry.id}: needs at least three examples that hit and one that does not")
    return [*faults, *cameo_faults(book)]
