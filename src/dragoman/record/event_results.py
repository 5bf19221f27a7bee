"""The result of `Record.events`: an iterator of events that can also return all of them as a table."""

from __future__ import annotations

import itertools
import sqlite3
from typing import TYPE_CHECKING, Any

from dragoman.errors import RecordError
from dragoman.model.display import MOST_ROWS, events_html
from dragoman.record.event_rows import event_table, frame_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from dragoman.record.answers import StoredEvent


class EventResults:
    """An iterator over the events of a filter; a loop exhausts it.

    Each conversion to a table runs the query again, so the table contains all events of the filter even after
    a loop.

    Args:
        ask: Runs the query.
        where: The record's file, for errors.
    """

    def __init__(self, ask: Callable[[], Iterator[StoredEvent]], where: str) -> None:
        self._ask = ask
        self._where = where
        self._left: Iterator[StoredEvent] | None = None

    def __iter__(self) -> EventResults:
        return self

    def __next__(self) -> StoredEvent:
        if self._left is None:
            self._left = self._ask()
        return next(self._left)

    def to_arrow(self) -> pa.Table:
        """Return all events as a `pyarrow.Table`: one typed column per field, regardless of the events.

        Raises:
            RecordError: The record is closed.
        """
        try:
            return event_table(self._ask())
        except sqlite3.ProgrammingError as error:
            raise RecordError(
                where=self._where, message="is closed; make the table before closing it"
            ) from error

    def to_pandas(self) -> Any:
        """Return all events as a `pandas.DataFrame`; days are datetimes.

        Raises:
            MissingExtraError: pandas is not installed.
            RecordError: The record is closed.
        """
        return frame_of(self.to_arrow(), "pandas")

    def to_polars(self) -> Any:
        """Return all events as a `polars.DataFrame`; days are dates.

        Raises:
            MissingExtraError: Polars is not installed.
            RecordError: The record is closed.
        """
        return frame_of(self.to_arrow(), "polars")

    def _repr_html_(self) -> str:
        try:
            found = self._ask()
            shown = [stored.event for stored in itertools.islice(found, MOST_ROWS)]
            return events_html(shown, total=len(shown) + sum(1 for _ in found))
        except sqlite3.ProgrammingError:
            return "<p>The record is closed.</p>"
