"""A new record file made in one go: quick, since nothing of it counts until all of it is there."""

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
    """Give an empty record to fill; its file is there when the block ends well, else not at all.

    Nothing that fails inside the block can be taken back alone: let it end the block.

    Args:
        path: A name that is free.

    Raises:
        UsageError: The file is there already.
        RecordError: It cannot be written.
    """
    with appearing(path) as part, Record.open(part) as record:
        record.leave_journal()
        yield record
        record.leave_wal()
