"""Shards as Ray core tasks: on this machine, or on the cluster at an address."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Any

from dragoman.errors import EngineError, WorkerLostError
from dragoman.running.job import failure_of
from dragoman.running.shard import Coded, CoderSettings, Load, code_shard, load_coder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.model.documents import Document

_WINDOW = 4
_RETRIES = 3


class RayCluster:
    """Ray as an engine for `ingest`, see `cluster.Cluster`: the same arguments, the same results."""

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
        self._ray: Any = ray
        self._task = ray.remote(max_retries=_RETRIES)(code_shard)
        self._load = load
        self._settings = settings or CoderSettings()

    def __enter__(self) -> RayCluster:
        return self

    def __exit__(self, *failure: object) -> None:
        self._ray.shutdown()

    def __call__(self, shards: Iterable[Sequence[Document]]) -> Iterator[Sequence[Coded]]:
        """Code shards; yield the results of each, in the order in which they were given."""
        under_way: collections.deque[tuple[Sequence[Document], Any]] = collections.deque()
        for shard in shards:
            under_way.append((shard, self._submit(shard)))
            while len(under_way) >= _WINDOW * max(1, int(self._ray.cluster_resources().get("CPU", 1))):
                yield self._gather(*under_way.popleft())
        while under_way:
            yield self._gather(*under_way.popleft())

    def _submit(self, shard: Sequence[Document]) -> Any:
        return self._task.remote(list(shard), self._settings, load=self._load) if shard else None

    def _gather(self, shard: Sequence[Document], task: Any) -> Sequence[Coded]:
        if task is None:
            return []
        try:
            found: list[Coded] = self._ray.get(task)
        except self._ray.exceptions.WorkerCrashedError as error:
            if len(shard) > 1:
                return [self._gather([document], self._submit([document]))[0] for document in shard]
            lost = WorkerLostError(where=shard[0].id, times=_RETRIES + 1, why=type(error).__name__)
            return [failure_of(shard[0].id, lost)]
        return found
