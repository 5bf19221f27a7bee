"""Shards on a Dask cluster: in processes here, or on the machines of a scheduler that is given.

A shard whose worker is lost is given to another by Dask. One that takes several workers with it is coded
document by document, and what still does becomes a failure.

Dask imports the main script again in its workers: a script that uses this needs
`if __name__ == "__main__":`.
"""

from __future__ import annotations

import collections
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dragoman.errors import EngineError, WorkerLostError
from dragoman.running.job import failure_of
from dragoman.running.shard import Coded, CoderSettings, Load, code_shard, load_coder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from dragoman.model.documents import Document

# Shards that are with the scheduler, for each worker: enough that none waits, few enough to hold.
_WINDOW = 4
_LEAST_WINDOW = 8
_RETRIES = 3
_QUIET = {
    "distributed.logging.distributed": "error",
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.diagnostics.nvml": False,
}


class Cluster:
    """A Dask cluster as an engine for `ingest`. Use it as a context manager.

    Args:
        address: Of a scheduler; without it worker processes are started here.
        workers: How many, without an address.
        settings: What each worker makes its coder of; folders must be there on its machine.
        load: Makes what prepares documents for coding; must be importable by the workers.

    Raises:
        EngineError: Dask is not installed, or nothing answers at the address.
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
        self._settings = settings or CoderSettings()
        self._load = load
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

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        with suppress(OSError, TimeoutError):
            self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    def __call__(self, shards: Iterable[Sequence[Document]]) -> Iterator[Sequence[Coded]]:
        """Code shards; yield the results of each, in the order in which they were given."""
        under_way: collections.deque[tuple[Sequence[Document], Any]] = collections.deque()
        for shard in shards:
            under_way.append((shard, self._submit(shard) if shard else None))
            while under_way and len(under_way) >= self._window():
                yield self._gather(*under_way.popleft())
        while under_way:
            yield self._gather(*under_way.popleft())

    def _window(self) -> int:
        workers = len(self.client.scheduler_info(n_workers=-1).get("workers", ()))
        return max(_LEAST_WINDOW, _WINDOW * workers)

    def _submit(self, shard: Sequence[Document]) -> Any:
        return self.client.submit(
            code_shard, list(shard), self._settings, load=self._load, pure=False, retries=_RETRIES
        )

    def _gather(self, shard: Sequence[Document], future: Any) -> Sequence[Coded]:
        from distributed.scheduler import KilledWorker

        if future is None:
            return []
        try:
            found: list[Coded] = future.result()
        except KilledWorker as error:
            if len(shard) > 1:
                return [self._gather([document], self._submit([document]))[0] for document in shard]
            name = shard[0].id
            lost = WorkerLostError(where=name, times=_RETRIES + 1, why=type(error).__name__)
            return [failure_of(name, lost)]
        finally:
            future.release()
        return found
