"""Failures: documents that could not be read or coded, by origin and name.

A failure is a statement about an origin: "the third report of this file could not be read". It is deleted
only when that is no longer true, never because a report of the same name was found elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.model.documents import Failure
from dragoman.model.origins import WHOLE, Origin
from dragoman.record.reviewed_events import ReviewedEvents

if TYPE_CHECKING:
    from dragoman.model.origins import ReadingEnd

# Failures answered by a stored document: those of its name at its origin or at an unknown origin.
_ANSWERED = "document_id = ? AND (file = '' OR (file = ? AND member = ? AND position = ?))"
_OLDER = "DELETE FROM failures WHERE run_id <> ? AND file = ?"


class Failures(ReviewedEvents):
    """Queries that write and read failures."""

    def add_failure(self, failure: Failure, *, run_id: int) -> None:
        """Store a document that could not be read or coded, once, in place of an earlier one."""
        origin = failure.origin
        # A file as a whole has one failure at a time, regardless of its name.
        whole = origin.file and origin.position == WHOLE
        with self.batch():
            self._connection.execute(
                f"{_OLDER} AND member = ? AND position = ? AND (document_id = ? OR ?)",
                (run_id, origin.file, origin.member, origin.position, failure.document_id, bool(whole)),
            )
            if origin.file:
                # Written by a version that did not store origins: the origin is now known.
                self._connection.execute(
                    "DELETE FROM failures WHERE file = '' AND document_id = ? AND message = ?",
                    (failure.document_id, failure.message),
                )
            self._connection.execute(
                "INSERT OR IGNORE INTO failures (file, member, position, document_id, error, message, run_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    origin.file, origin.member, origin.position, failure.document_id, failure.error,
                    failure.message, run_id,
                ),
            )  # fmt: skip

    def answer_failures(self, document_id: str, origin: Origin) -> None:
        """Delete the failures of a document that is now stored: those of its name and origin.

        Args:
            document_id: The document.
            origin: Where it was read; `Origin()` if it was not read from a file.
        """
        values = (document_id, origin.file, origin.member, origin.position)
        with self.batch():
            self._connection.execute(f"DELETE FROM failures WHERE {_ANSWERED}", values)

    def is_answered(self, document_id: str, origin: Origin) -> bool:
        """Return True if `answer_failures` would delete something."""
        values = (document_id, origin.file, origin.member, origin.position)
        query = f"SELECT 1 FROM failures WHERE {_ANSWERED} LIMIT 1"
        return self._connection.execute(query, values).fetchone() is not None

    def end_file(self, file: str, *, run_id: int) -> None:
        """Delete the failures of a file that did not occur again in a run that read it to its end."""
        with self.batch():
            self._connection.execute(_OLDER, (run_id, file))

    def end_reading(self, end: ReadingEnd, *, run_id: int) -> None:
        """Delete the failures of files that no longer exist in the folders that a run has read."""
        query = "SELECT DISTINCT file FROM failures WHERE run_id <> ? AND file <> ''"
        for (file,) in self._connection.execute(query, (run_id,)).fetchall():
            folders = {str(folder) for folder in Path(file).parents}
            was_read = str(Path(file).parent) in end.folders or not end.trees.isdisjoint(folders)
            if was_read and not Path(file).exists():
                self.end_file(file, run_id=run_id)

    def remove_failures(self, name: str) -> None:
        """Delete the failures of a document or a file."""
        with self.batch():
            self._connection.execute(
                "DELETE FROM failures WHERE document_id = :name OR file = :name", {"name": name}
            )

    def has_failure(self, name: str) -> bool:
        """Return True if a document of this name, or something in a file of this name, is a failure."""
        query = "SELECT 1 FROM failures WHERE document_id = :name OR file = :name LIMIT 1"
        return self._connection.execute(query, {"name": name}).fetchone() is not None

    def failures(self) -> list[Failure]:
        """Return all failures, by file and position; those that were not read from a file first."""
        rows = self._connection.execute(
            "SELECT document_id, error, message, file, member, position FROM failures"
            " ORDER BY file, member, position, document_id, message"
        )
        return [
            Failure(
                document_id=name, error=error, message=message,
                origin=Origin(file=file, member=member, position=position),
            )
            for name, error, message, file, member, position in rows
        ]  # fmt: skip

    def failure_classes(self) -> dict[str, int]:
        """Return the number of failures of each class, the most frequent first."""
        return dict(
            self._connection.execute(
                "SELECT error, count(*) FROM failures GROUP BY error ORDER BY count(*) DESC, error"
            )
        )
