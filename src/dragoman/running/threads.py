"""Number of threads of linear algebra: one, since the matrices of one report are small."""

from __future__ import annotations

import os

from dragoman.settings import THREAD_VARIABLES


def keep_to_one_thread() -> None:
    """Limit numpy to one thread, unless the environment sets another number; call before importing it.

    More threads would spend more time waiting than computing, and slow down other workers.
    """
    for name in THREAD_VARIABLES:
        os.environ.setdefault(name, "1")
