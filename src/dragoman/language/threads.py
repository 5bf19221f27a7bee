"""Number of threads of linear algebra while reports are read: one, since the matrices of a report are small.

More threads wait for one another longer than they compute: on a busy machine of two cores, reports take six
times as long.
"""

from __future__ import annotations

import os
import threading
from types import TracebackType
from typing import Any

from threadpoolctl import ThreadpoolController

from dragoman.settings import THREAD_VARIABLES


class OneThread:
    """Limits linear algebra to one thread while a block runs, and then restores the number of before.

    The limit holds for the whole process. If blocks overlap in several threads, the first thread sets it and
    restores the number when its own block ends, because numpy's library ignores other threads there.
    Nothing is changed if the environment sets a number, as the commands do.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._nested = 0
        self._controller: ThreadpoolController | None = None
        self._limits: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if self._owner is None and not any(name in os.environ for name in THREAD_VARIABLES):
                # The libraries that are loaded by now.
                self._controller = self._controller or ThreadpoolController()
                self._limits = self._controller.limit(limits=1, user_api="blas")
                self._owner = threading.get_ident()
            if self._owner == threading.get_ident():
                self._nested += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            if self._owner != threading.get_ident():
                return
            self._nested -= 1
            if self._nested == 0:
                self._limits.restore_original_limits()
                self._owner = None


one_thread = OneThread()
