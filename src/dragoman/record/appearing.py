"""Files that appear under their name only when complete, with the errors of this package."""

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
    """Yield a temporary name to write to; the file is renamed to the target when the block succeeds.

    Args:
        target: The path of the file, which must not exist.

    Raises:
        UsageError: The file already exists.
        RecordError: The file cannot be written.
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
            # If no file could be created, none has to be removed.
            with suppress(OSError):
                part.with_name(part.name + name).unlink(missing_ok=True)
