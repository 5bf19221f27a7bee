"""The collector of unreachable objects: kept from what is loaded once and stays."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


# Objects made before the collector looks for circles among them: coding makes many, few of them in circles.
_YOUNG = 10_000


@contextlib.contextmanager
def loading_to_stay() -> Iterator[None]:
    """Load what stays until the process ends; the collector neither runs meanwhile nor looks at it later.

    Codebook, actors and language model are some million objects, which each full collection would go through
    for nothing.
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
