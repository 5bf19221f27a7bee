"""Opening of record files for writing or only for reading.

A reader changes nothing: it does not create or migrate tables or set the journal mode, and leaves no files.
If file and folder are writable, it opens the file as writers do, so that each sees the other's locks, but
with a connection that cannot write. Otherwise SQLite cannot create files next to it, and the file is opened
as immutable or read-only.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import quote

from dragoman.errors import BusyRecordError, NotFoundError, RecordError
from dragoman.files import make_private
from dragoman.record.migrations import prepare, refuse_other_versions

if TYPE_CHECKING:
    from pathlib import Path

# Maximum time that a writer waits for another, in seconds.
PATIENCE = 30.0
# Size of the page cache in KiB (negative: KiB, not pages).
_CACHE = -65536


def open_to_write(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open a record file for writing; create it if it does not exist and `create` is true.

    Raises:
        NotFoundError: The file does not exist and `create` is false.
        RecordError: The file is not a record, or was written by a newer version.
    """
    if create:
        _refuse_odd(path)
    else:
        _refuse_missing(path)
    connection = None
    try:
        if create and not path.exists():
            make_private(path)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        # What was reported as written also survives a power failure; batches make this cheap.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        prepare(connection, str(path))
    except (sqlite3.Error, OSError) as error:
        _close(connection)
        message = f"cannot be used as a record: {error}"
        raise record_error(error)(where=str(path), message=message) from error
    except BaseException:
        _close(connection)
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open a record file for reading only; neither it nor its folder is changed.

    Raises:
        NotFoundError: The file does not exist.
        RecordError: The file is not a record, is of another version, or cannot be read.
    """
    _refuse_missing(path)
    connection = None
    try:
        connection = sqlite3.connect(_address(path), uri=True, timeout=PATIENCE, isolation_level=None)
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        connection.execute("PRAGMA query_only = ON")
        refuse_other_versions(connection, str(path))
    except sqlite3.Error as error:
        _close(connection)
        hint = (
            ""
            if is_changeable(path)
            else "; copy it and the files beside it to a folder that you can write to"
        )
        raise RecordError(where=str(path), message=f"cannot be read as a record: {error}{hint}") from error
    except BaseException:
        _close(connection)
        raise
    return connection


def record_error(error: Exception) -> type[RecordError]:
    """Return the error class for an error of SQLite; if the record is locked, the caller may try again."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return BusyRecordError if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else RecordError


def is_changeable(path: Path) -> bool:
    """Return True if this process may write to a record file and to its folder."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _address(path: Path) -> str:
    mode = "rw"
    if not is_changeable(path):
        # A log next to the file belongs to a current writer or to one that crashed; it must be read too.
        log = path.with_name(path.name + "-wal")
        mode = "ro" if log.exists() and log.stat().st_size else "ro&immutable=1"
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        raise NotFoundError(
            what="record", name=str(path), hint="create one with: dragoman ingest ... --record FILE"
        )
    _refuse_odd(path)


def _refuse_odd(path: Path) -> None:
    """Raise an error for pipes, devices and folders, on which SQLite would block or fail."""
    if path.exists() and not path.is_file():
        raise RecordError(where=str(path), message="is no regular file; give another name")


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()
