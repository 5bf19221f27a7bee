"""Garbage collection: objects that are loaded once and stay are exempt."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


# Number of new objects before the collector searches for cycles: coding makes many, few of them in cycles.
_YOUNG = 10_000


@contextlib.contextmanager
def loading_to_stay() -> Iterator[None]:
    """Load permanent objects; the garbage collector neither runs meanwhile nor examines them later.

    Codebook, actors and language model are about a million objects, which each full collection would traverse
    in vain.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
        if was_on:
            gc.enable()
