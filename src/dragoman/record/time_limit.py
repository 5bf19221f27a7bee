"""A time limit for queries of a record: slower ones are interrupted."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.errors import QueryTimeError

if TYPE_CHECKING:
    from collections.abc import Iterator


class TimeLimit:
    """A set of connections that `stop` interrupts, from any thread.

    Connections that are added after that are rejected.
    """

    def __init__(self) -> None:
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.why = ""

    def stop(self, why: str) -> None:
        """Interrupt running queries and reject further connections."""
        with self._lock:
            self.why = self.why or why
            for connection in self._connections:
                connection.interrupt()

    def watch(self, connection: sqlite3.Connection) -> None:
        """Watch a connection.

        Raises:
            QueryTimeError: The time limit has already passed.
        """
        with self._lock:
            if self.why:
                raise QueryTimeError(why=self.why)
            self._connections.append(connection)

    def release(self, connection: sqlite3.Connection) -> None:
        """Stop watching a connection before it is closed: a closed one must not be interrupted."""
        with self._lock:
            if connection in self._connections:
                self._connections.remove(connection)


@contextmanager
def limited(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Interrupt the queries of this block if they take longer than a number of seconds.

    Raises:
        QueryTimeError: The queries took longer.
    """
    limit = TimeLimit()
    limit.watch(connection)
    timer = threading.Timer(seconds, limit.stop, [f"longer than {seconds:g} s"])
    timer.daemon = True
    timer.start()
    try:
        yield
    except sqlite3.OperationalError as error:
        if is_interruption(error):
            raise QueryTimeError(why=limit.why or "interrupted") from error
        raise
    finally:
        timer.cancel()
        limit.release(connection)


def is_interruption(error: BaseException | None) -> bool:
    """Return True if an error means that a query was interrupted."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.OperationalError) and code == sqlite3.SQLITE_INTERRUPT
