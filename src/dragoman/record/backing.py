"""Backup copies of a record, written completely or not at all."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from dragoman.errors import RecordError
from dragoman.files import make_private
from dragoman.record.appearing import appearing

if TYPE_CHECKING:
    from pathlib import Path

# Number of pages copied before other processes get a turn: a writer waits no longer than for these.
_PAGES = 4096


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a record to a new file, which appears only when it is complete.

    Raises:
        UsageError: The file already exists.
        RecordError: The file cannot be written.
    """
    with appearing(target) as part:
        make_private(part)
        copy = sqlite3.connect(part)
        try:
            connection.backup(copy, pages=_PAGES)
            # A single file, without the two additional files of WAL mode, until it is opened as a record.
            copy.execute("PRAGMA journal_mode = DELETE")
            faults = [row[0] for row in copy.execute("PRAGMA quick_check") if row[0] != "ok"]
        finally:
            copy.close()
        if faults:
            raise RecordError(where=str(target), message=f"the copy is faulty: {faults[0]}; check the record")
