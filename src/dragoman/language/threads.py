"""Number of threads of linear algebra while reports are read: one, since the matrices of a report are small.

More threads wait for one another longer than they compute: on a busy machine of two cores, reports take six
times as long.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

    from threadpoolctl import ThreadpoolController

# Environment variables that set the number of threads when numpy is imported.
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def keep_to_one_thread() -> None:
    """Limit numpy to one thread, unless the environment sets another number; call before importing it.

    For processes that do nothing else, such as the commands and their workers.
    """
    for name in THREAD_VARIABLES:
        os.environ.setdefault(name, "1")


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
                self._limits = self._loaded().limit(limits=1, user_api="blas")
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

    def _loaded(self) -> ThreadpoolController:
        """Return the libraries of linear algebra that were loaded when the first block began."""
        if self._controller is None:
            from threadpoolctl import ThreadpoolController

            self._controller = ThreadpoolController()
        return self._controller


one_thread = OneThread()
