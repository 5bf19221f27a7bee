"""Template folders: a user codebook and user actors."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from dragoman.errors import UsageError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from pathlib import Path


def write_template(what: str, folder: Path) -> list[Path]:
    """Write a commented folder that is usable as it is and can be edited.

    Args:
        what: "codebook" or "actors".
        folder: A folder that does not exist, or is empty.

    Returns:
        The files, in order.

    Raises:
        UsageError: The path exists and is not an empty folder, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(message=f"{folder}: is there already; give a new name")
    try:
        shutil.copytree(data_folder() / "templates" / what, folder, dirs_exist_ok=True)
    except OSError as error:
        raise UsageError(message=f"{folder}: cannot be written: {error}") from error
    return sorted(path for path in folder.rglob("*") if path.is_file())
