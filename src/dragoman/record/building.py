"""Fast creation of a new record file, which is only used once it is complete."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.record.appearing import appearing
from dragoman.record.store import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def new_record(path: Path) -> Iterator[Record]:
    """Yield an empty record to fill; its file appears when the block succeeds, else not at all.

    A single step that fails inside the block cannot be rolled back: let the error end the block.

    Args:
        path: The path of the file, which must not exist.

    Raises:
        UsageError: The file already exists.
        RecordError: The file cannot be written.
    """
    with appearing(path) as part, Record.open(part) as record:
        record.leave_journal()
        yield record
        record.leave_wal()
