"""What is loaded to stay is kept from the collector."""

from __future__ import annotations

import gc

from dragoman.running.memory import loading_to_stay


def test_the_collector_waits_while_loading_and_works_again_afterwards():
    kept = gc.get_threshold()
    try:
        with loading_to_stay():
            assert not gc.isenabled()
            loaded = [[] for _ in range(100)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= len(loaded)
    finally:
        gc.unfreeze()
        gc.set_threshold(*kept)
