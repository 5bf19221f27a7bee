"""Copies of the record with the events after review or of another reader."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.record.derived_copy import changes_between, copy_record, open_copy
from dragoman.record.store import Record
from dragoman.running.reviewed_record import apply_changes

if TYPE_CHECKING:
    from dragoman.web.shown import Shown


class ShownCopy:
    """Copy of a record, in a folder that is deleted when the copy is no longer referenced.

    Args:
        record: The record file.
        shown: Selection of events in the copy.

    Raises:
        DragomanError: The record cannot be read, or the copy cannot be written.
    """

    def __init__(self, record: Path, shown: Shown) -> None:
        folder = tempfile.mkdtemp(prefix="dragoman-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = Path(folder) / "shown.sqlite"
        self._shown = shown
        self._lock = threading.Lock()
        with Record.open_to_read(record) as source, copy_record(source, self.path) as copy:
            self._base = copy.base_state()
            self._changes = copy.event_changes(reviewed=shown.reviewed, reader=shown.reader)
            with copy.batch():
                apply_changes(copy, self._changes)

    def update(self, record: Path) -> bool:
        """Update the copy with new readings of the record; return False if anything else has changed.

        Raises:
            DragomanError: The record cannot be read, or the copy cannot be written.
        """
        shown = self._shown
        with self._lock, Record.open_to_read(record) as source, source.reading():
            if source.base_state() != self._base:
                return False
            changes = source.event_changes(reviewed=shown.reviewed, reader=shown.reader)
            step = changes_between(source, self._changes, changes)
            if step:
                with open_copy(self.path) as copy, copy.batch():
                    apply_changes(copy, step)
                self._changes = changes
        return True
