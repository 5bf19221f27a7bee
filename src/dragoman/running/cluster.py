"""Shards on a Dask cluster: in processes here, or on the machines of a scheduler that is given.

A shard whose worker is lost is given to another by Dask. One that takes several workers with it is coded
document by document, and what still does becomes a failure. Parts are written here, each whole
or not at all, under the number of their shard: what was written is not coded again by the next run.

Dask imports the main script again in its workers: a script that uses this needs
`if __name__ == "__main__":`.
"""

from __future__ import annotations

import collections
import json
import logging
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import EngineError, WorkerLostError
from dragoman.model.documents import Document, Failure
from dragoman.model.identity import content_id
from dragoman.model.records import CodedDocument
from dragoman.running.fingerprint import input_hash
from dragoman.running.job import failure_of
from dragoman.running.shard import Coded, CoderSettings, Load, code_shard, cut, load_coder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

# Shards that are with the scheduler, for each worker: enough that none waits, few enough to hold.
_WINDOW = 4
_LEAST_WINDOW = 8
_RETRIES = 3
_KEY = b"dragoman.input"
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

    def to_parts(
        self,
        documents: Iterable[Document | Failure],
        folder: str,
        *,
        coder: str,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Coded]:
        """Code documents into Parquet parts, one for each shard; yield what is in them, in order.

        A part that is there, of the same documents and the same coder, is taken as it is.

        Args:
            documents: What readers give; the same order each time, or parts are made anew.
            folder: Where the parts are.
            coder: What the coding depends on, from `fingerprint`.
            stop: Asked before each document.
        """
        Path(folder).mkdir(parents=True, exist_ok=True)
        under_way: collections.deque[tuple[list[Document | Failure], str, str, Any]] = collections.deque()
        number = -1
        for number, shard in enumerate(cut(_until(documents, stop), _size)):
            path = str(Path(folder) / f"part-{number:06}.parquet")
            key = content_id(
                *(input_hash(d, coder) if isinstance(d, Document) else d.message for d in shard), length=32
            )
            there = _key_of(path) == key
            wanted = [item for item in shard if isinstance(item, Document)]
            under_way.append((shard, path, key, None if there else self._submit(wanted)))
            while len(under_way) >= self._window():
                yield from self._part(*under_way.popleft())
        while under_way:
            yield from self._part(*under_way.popleft())
        if not stop():
            _remove_later(folder, number)

    def _part(self, shard: list[Document | Failure], path: str, key: str, future: Any) -> list[Coded]:
        if future is not None:
            coded = iter(self._gather([item for item in shard if isinstance(item, Document)], future))
            write_part(path, [item if isinstance(item, Failure) else next(coded) for item in shard], key)
        return list(read_part(path))

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


def _until(documents: Iterable[Document | Failure], stop: Callable[[], bool]) -> Iterator[Document | Failure]:
    for document in documents:
        if stop():
            return
        yield document


def _size(item: Document | Failure) -> int:
    return len(item.text) if isinstance(item, Document) else 0


def write_part(path: str, results: Sequence[Coded], key: str) -> None:
    """Write a part: a row for each document, with its coding as JSON; it appears only when it is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = ("id", "published_on", "title", "publisher", "url", "events", "coded", "error", "message")
    rows = [_row(result) for result in results]
    kinds = {"published_on": pa.date32(), "events": pa.int32()}
    schema = pa.schema(
        [(name, kinds.get(name, pa.string())) for name in names], metadata={_KEY: key.encode()}
    )
    table = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=schema)
    part = Path(path).with_name(f".{uuid.uuid4().hex}.part")
    try:
        pq.write_table(table, part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _row(result: Coded) -> tuple[object, ...]:
    if isinstance(result, Failure):
        return (result.document_id, None, None, None, None, 0, None, result.error, result.message)
    document = result.document
    body = json.dumps(msgspec.to_builtins(result), ensure_ascii=False)
    return (
        document.id, document.published_on, document.title, document.publisher, document.url,
        len(result.events), body, None, None,
    )  # fmt: skip


def read_part(path: str) -> Iterator[Coded]:
    """Yield what is in a part, in order."""
    import pyarrow.parquet as pq

    decoder = msgspec.json.Decoder(CodedDocument)
    for row in pq.read_table(path, columns=["id", "coded", "error", "message"]).to_pylist():
        if row["coded"] is None:
            yield Failure(document_id=row["id"], error=row["error"], message=row["message"])
        else:
            yield decoder.decode(row["coded"])


def _key_of(path: str) -> str | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return ((pq.read_schema(path).metadata or {}).get(_KEY) or b"").decode()
    except (OSError, pa.ArrowException):
        return None


def _remove_later(folder: str, last: int) -> None:
    # Of an earlier run over more documents: whoever reads all parts must not find them.
    for path in Path(folder).glob("part-*.parquet"):
        number = path.stem.removeprefix("part-")
        if number.isdecimal() and int(number) > last:
            path.unlink()
