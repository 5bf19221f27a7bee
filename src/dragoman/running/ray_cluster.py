"""Shards as Ray core tasks: on this machine, or on the cluster at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import EngineError
from dragoman.running.shard import Coded, CoderSettings, Load, code_shard, load_coder
from dragoman.running.tasks import RETRIES, Tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.model.documents import Document

# Number of tasks for each worker.
_WINDOW = 4


class RayCluster(Tasks):
    """Ray as an engine for `ingest`; same arguments and results as `cluster.Cluster`."""

    def __init__(
        self, address: str | None = None, *, workers: int = 2, settings: CoderSettings | None = None,
        load: Load = load_coder,
    ) -> None:  # fmt: skip
        try:
            import ray
        except ImportError as error:
            raise EngineError(message="Ray is missing; install it with: pip install dragoman[ray]") from error
        try:
            cpus = None if address else workers
            ray.init(address=address, num_cpus=cpus, include_dashboard=False, log_to_driver=False)
        except (ConnectionError, ValueError) as error:
            raise EngineError(message=f"{address}: no Ray cluster answers ({error})") from error
        super().__init__(settings, load)
        self._ray: Any = ray
        self._task = ray.remote(max_retries=RETRIES)(code_shard)

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        self._ray.shutdown()

    def _window(self) -> int:
        return _WINDOW * max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def _submit(self, shard: Sequence[Document]) -> Any:
        return self._task.remote(list(shard), self._settings, load=self._load)

    def _result(self, task: Any) -> list[Coded]:
        found: list[Coded] = self._ray.get(task)
        return found

    @property
    def _lost(self) -> type[Exception]:
        lost: type[Exception] = self._ray.exceptions.WorkerCrashedError
        return lost
