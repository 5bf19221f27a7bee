"""How many threads linear algebra takes: one, since the matrices of one report are small."""

from __future__ import annotations

import os

_NAMES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def keep_to_one_thread() -> None:
    """Let numpy compute in one thread, unless the environment says otherwise; has to come before its import.

    More threads would wait for each other more than they compute, and stand in the way of other workers.
    """
    for name in _NAMES:
        os.environ.setdefault(name, "1")
