"""Folders to begin with: a codebook of the user's own, actors of the user's own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from dragoman.errors import UsageError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from pathlib import Path


def write_template(what: str, folder: Path) -> list[Path]:
    """Write a commented folder that can be used as it is and changed.

    Args:
        what: "codebook" or "actors".
        folder: A folder that is not there yet, or is empty.

    Returns:
        The files, in order.

    Raises:
        UsageError: There is something at the path, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(message=f"{folder}: is there already; give a new name")
    try:
        shutil.copytree(data_folder() / "templates" / what, folder, dirs_exist_ok=True)
    except OSError as error:
        raise UsageError(message=f"{folder}: cannot be written: {error}") from error
    return sorted(path for path in folder.rglob("*") if path.is_file())
