"""Copies of a record, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from dragoman.errors import RecordError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

# Pages copied between two looks at other work: a writer waits no longer than for these.
_PAGES = 4096


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a record to a new file, which appears only when it is whole.

    Raises:
        UsageError: The file is there already.
        RecordError: It cannot be written.
    """
    if target.exists():
        raise UsageError(message=f"{target}: is there already; give a new name")
    # Beside the target: a rename does not cross file systems.
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        copy = sqlite3.connect(part)
        try:
            connection.backup(copy, pages=_PAGES)
            # A single file, without the two beside it that WAL needs, until it is opened as a record.
            copy.execute("PRAGMA journal_mode = DELETE")
            faults = [row[0] for row in copy.execute("PRAGMA quick_check") if row[0] != "ok"]
        finally:
            copy.close()
        if faults:
            raise RecordError(where=str(target), message=f"the copy is faulty: {faults[0]}; check the record")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        # A link fails when the name was taken meanwhile; a rename would put it in its place.
        os.link(part, target)
    except FileExistsError as error:
        raise UsageError(message=f"{target}: is there already; give a new name") from error
    except (sqlite3.Error, OSError) as error:
        raise RecordError(where=str(target), message=f"cannot be written: {error}") from error
    finally:
        for path in (part, part.with_name(part.name + "-journal"), part.with_name(part.name + "-wal"),
                     part.with_name(part.name + "-shm")):  # fmt: skip
            path.unlink(missing_ok=True)
