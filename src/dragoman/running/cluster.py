"""Shards on a Dask cluster: in local processes, or on the machines of a given scheduler.

Dask imports the main script again in its workers: a script that uses this needs
`if __name__ == "__main__":`.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dragoman.errors import EngineError
from dragoman.running.shard import Coded, CoderSettings, Load, code_shard, load_coder
from dragoman.running.tasks import RETRIES, Tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.model.documents import Document

# Number of tasks for each worker.
_WINDOW = 4
_LEAST_WINDOW = 8
_QUIET = {
    "distributed.logging.distributed": "error",
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.diagnostics.nvml": False,
}


class Cluster(Tasks):
    """A Dask cluster as an engine for `ingest`. Use it as a context manager.

    Args:
        address: Address of a scheduler; without it local worker processes are started.
        workers: Number of workers, without an address.
        settings: Settings of each worker's coder; folders must exist on its machine.
        load: Returns the function that prepares documents for coding; must be importable by the workers.

    Raises:
        EngineError: Dask is not installed, or the address does not respond.
    """

    def __init__(
        self, address: str | None = None, *, workers: int = 2, settings: CoderSettings | None = None,
        load: Load = load_coder,
    ) -> None:  # fmt: skip
        try:
            import dask
            import distributed
        except ImportError as error:
            raise EngineError(
                message="Dask is missing; install it with: pip install dragoman[dask]"
            ) from error
        dask.config.set(_QUIET)
        super().__init__(settings, load)
        self._cluster: Any = None
        try:
            if address is None:
                self._cluster = distributed.LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )  # fmt: skip
            self.client: Any = distributed.Client(self._cluster or address, timeout="30s")  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as error:
            raise EngineError(message=f"{address}: no Dask scheduler answers ({error})") from error

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        with suppress(OSError, TimeoutError):
            self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    def _window(self) -> int:
        workers = len(self.client.scheduler_info(n_workers=-1).get("workers", ()))
        return max(_LEAST_WINDOW, _WINDOW * workers)

    def _submit(self, shard: Sequence[Document]) -> Any:
        return self.client.submit(
            code_shard, list(shard), self._settings, load=self._load, pure=False, retries=RETRIES
        )

    def _result(self, task: Any) -> list[Coded]:
        try:
            found: list[Coded] = task.result()
        finally:
            task.release()
        return found

    @property
    def _lost(self) -> type[Exception]:
        from distributed.scheduler import KilledWorker

        return KilledWorker
