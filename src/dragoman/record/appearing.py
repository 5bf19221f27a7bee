"""A file that appears under its name when all of it is there, or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.errors import RecordError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give the name of a part to make; it becomes the target when the block ends well.

    Args:
        target: A name that is free.

    Raises:
        UsageError: The file is there already.
        RecordError: It cannot be written.
    """
    if target.exists():
        raise UsageError(message=f"{target}: already exists; choose another name")
    # Beside the target: a link does not cross file systems.
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        # A link fails when the name was taken meanwhile; a rename would put it in its place.
        os.link(part, target)
    except FileExistsError as error:
        raise UsageError(message=f"{target}: already exists; choose another name") from error
    except (sqlite3.Error, OSError) as error:
        raise RecordError(where=str(target), message=f"cannot be written: {error}") from error
    finally:
        for name in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + name).unlink(missing_ok=True)
