"""A file that appears under its name once it is complete, or not at all; errors are those of this package."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dragoman.errors import RecordError, UsageError
from dragoman.files import link_new, part_of

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
    part = part_of(target)
    try:
        if target.exists():
            raise UsageError(message=f"{target}: already exists; choose another name")
        yield part
        link_new(part, target)
    except FileExistsError as error:
        raise UsageError(message=f"{target}: already exists; choose another name") from error
    except (sqlite3.Error, OSError) as error:
        raise RecordError(where=str(target), message=f"cannot be written: {error}") from error
    finally:
        for name in ("", "-wal", "-shm", "-journal"):
            # Where no file could be created, none has to be removed.
            with suppress(OSError):
                part.with_name(part.name + name).unlink(missing_ok=True)
