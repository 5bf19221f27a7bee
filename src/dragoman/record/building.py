"""A new record file made in one go: quick, since nothing of it counts until all of it is there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.errors import RecordError, UsageError
from dragoman.record.store import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Without a journal a crash leaves a broken file; it is not the record yet, and is taken away.
_QUICK = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
PRAGMA secure_delete = OFF; PRAGMA temp.secure_delete = OFF; PRAGMA cache_size = -1048576; PRAGMA threads = 2;
"""


@contextmanager
def new_record(path: Path) -> Iterator[Record]:
    """Give an empty record to fill; its file is there when the block ends well, else not at all.

    Nothing that fails inside the block can be taken back alone: let it end the block.

    Args:
        path: A name that is free.

    Raises:
        UsageError: The file is there already.
        RecordError: It cannot be written.
    """
    if path.exists():
        raise UsageError(message=f"{path}: is there already; give a new name")
    # Beside the target: a link does not cross file systems.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with Record.open(part) as record:
            with record.unguarded() as connection:
                connection.executescript(_QUICK)
            yield record
            record.leave_wal()
        with part.open("rb") as file:
            os.fsync(file.fileno())
        # A link fails when the name was taken meanwhile; a rename would put it in its place.
        os.link(part, path)
    except FileExistsError as error:
        raise UsageError(message=f"{path}: is there already; give a new name") from error
    except (OSError, sqlite3.Error) as error:
        raise RecordError(where=str(path), message=f"cannot be written: {error}") from error
    finally:
        for name in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + name).unlink(missing_ok=True)
