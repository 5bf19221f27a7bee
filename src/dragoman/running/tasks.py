"""Shards as tasks of an external cluster: submitted in advance, collected in order.

This module has the parts common to all clusters; `cluster` implements Dask, `ray_cluster` Ray. A task whose
worker is lost is retried by the cluster. One that crashes several workers is coded document by document, and
a document that still does becomes a failure.
"""

from __future__ import annotations

import abc
import collections
from typing import TYPE_CHECKING, Any, Self

from dragoman.errors import WorkerLostError
from dragoman.running.job import failure_of
from dragoman.running.shard import Coded, CoderSettings, Load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.model.documents import Document

# Number of retries of a task by the cluster.
RETRIES = 3


class Tasks(abc.ABC):
    """An engine for `ingest` whose shards are tasks on a cluster. Use it as a context manager."""

    def __init__(self, settings: CoderSettings | None, load: Load) -> None:
        self._settings = settings or CoderSettings()
        self._load = load

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @abc.abstractmethod
    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""

    @abc.abstractmethod
    def _window(self) -> int:
        """Maximum number of pending tasks: enough that no worker waits, few enough for memory."""

    @abc.abstractmethod
    def _submit(self, shard: Sequence[Document]) -> Any:
        """Submit a shard; return its task."""

    @abc.abstractmethod
    def _result(self, task: Any) -> list[Coded]:
        """Wait for a task; raise one of `_lost` if it crashed its workers."""

    @property
    @abc.abstractmethod
    def _lost(self) -> type[Exception]:
        """The errors that the cluster raises if a task crashed its workers."""

    def __call__(self, shards: Iterable[Sequence[Document]]) -> Iterator[Sequence[Coded]]:
        """Code shards; yield the results of each, in input order."""
        under_way: collections.deque[tuple[Sequence[Document], Any]] = collections.deque()
        for shard in shards:
            under_way.append((shard, self._submit(shard) if shard else None))
            while under_way and len(under_way) >= self._window():
                yield self._gather(*under_way.popleft())
        while under_way:
            yield self._gather(*under_way.popleft())

    def _gather(self, shard: Sequence[Document], task: Any) -> Sequence[Coded]:
        if task is None:
            return []
        try:
            return self._result(task)
        except self._lost as error:
            if len(shard) > 1:
                return [self._gather([document], self._submit([document]))[0] for document in shard]
            name = shard[0].id
            return [
                failure_of(name, WorkerLostError(where=name, times=RETRIES + 1, why=type(error).__name__))
            ]
