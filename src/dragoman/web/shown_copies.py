"""Copies of the record with the events after review or of another reader, for the requests that show them."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.record.store import Record
from dragoman.running.reviewed_record import derive_record

if TYPE_CHECKING:
    from dragoman.web.shown import Shown


class ShownCopy:
    """A copy of a record as it is now, in a folder that is deleted when nothing refers to the copy any more.

    Args:
        record: The record file.
        shown: Which events the copy has.

    Raises:
        DragomanError: The record cannot be read, or the copy cannot be written.
    """

    def __init__(self, record: Path, shown: Shown) -> None:
        folder = tempfile.mkdtemp(prefix="dragoman-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = Path(folder) / "shown.sqlite"
        with Record.open_to_read(record) as source:
            derive_record(source, reviewed=shown.reviewed, reader=shown.reader, path=self.path).close()
