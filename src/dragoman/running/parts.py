"""Coded documents as Parquet parts, one for each shard: a later run reuses existing parts.

A part exists completely or not at all, locally or on any file system of fsspec. Its key identifies its
documents and coder.
"""

from __future__ import annotations

import collections
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import EngineError
from dragoman.files import replacing
from dragoman.model.documents import Document, DocumentAt, Failure
from dragoman.model.identity import content_id
from dragoman.model.origins import FileEnd, ReadingEnd
from dragoman.model.records import CodedDocument
from dragoman.readers.origins import steps_of
from dragoman.readers.remote import is_remote
from dragoman.running.fingerprint import input_hash
from dragoman.running.shard import Coded, CodingAt, Engine, Result, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dragoman.readers.origins import Step

_KEY = b"dragoman.input"
_COLUMNS = ("id", "published_on", "title", "publisher", "url", "events", "coded", "error", "message")


class Parts:
    """A folder of parts, numbered from 0; created if it does not exist.

    Args:
        folder: A path, or an address such as `s3://bucket/coded` that fsspec can open.

    Raises:
        EngineError: The folder cannot be created or reached.
    """

    def __init__(self, folder: str) -> None:
        import fsspec

        address = folder if is_remote(folder) else str(Path(folder).absolute())
        try:
            self._files, self._root = fsspec.core.url_to_fs(address)
            self._files.makedirs(self._root, exist_ok=True)
        except ImportError as error:
            raise EngineError(
                message=f"{folder}: a package for this kind of address is missing: {error}"
            ) from error
        except (OSError, ValueError) as error:
            raise EngineError(message=f"{folder}: parts cannot be stored in this folder ({error})") from error

    def key(self, number: int) -> str | None:
        """Return the key of a part, or None if it is missing or broken."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with self._files.open(self._path(number), "rb") as file:
                return ((pq.read_schema(file).metadata or {}).get(_KEY) or b"").decode()
        except (OSError, pa.ArrowException):
            return None

    def write(self, number: int, results: Sequence[Coded], key: str) -> None:
        """Write a part, visible only when complete: a row for each document, with its coding as JSON.

        Raises:
            EngineError: The part cannot be written.
        """
        content = _encode(results, key)
        path = self._path(number)
        try:
            self._put(path, content)
        except OSError as error:
            message = f"{path}: cannot be written: {error}; what was written before it is whole"
            raise EngineError(message=message) from error

    def _put(self, path: str, content: bytes) -> None:
        if "file" not in self._files.protocol:
            # Object stores write an object in one step.
            self._files.pipe_file(path, content)
            return
        with replacing(Path(path)) as out:
            out.write(content)

    def read(self, number: int) -> Iterator[Coded]:
        """Yield the contents of a part, in order."""
        import pyarrow.parquet as pq

        decoder = msgspec.json.Decoder(CodedDocument)
        with self._files.open(self._path(number), "rb") as file:
            rows = pq.read_table(file, columns=["id", "coded", "error", "message"]).to_pylist()
        for row in rows:
            if row["coded"] is None:
                yield Failure(document_id=row["id"], error=row["error"], message=row["message"])
            else:
                yield decoder.decode(row["coded"])

    def remove_after(self, last: int) -> None:
        """Remove parts of an earlier run over more documents, which readers of all parts must not find."""
        for path in self._files.glob(f"{self._root}/part-*.parquet"):
            number = Path(path).stem.removeprefix("part-")
            if number.isdecimal() and int(number) > last:
                self._files.rm_file(path)

    def _path(self, number: int) -> str:
        return f"{self._root}/part-{number:06}.parquet"


def code_into_parts(
    documents: Iterable[Document | Failure],
    engine: Engine,
    folder: str,
    *,
    coder: str,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Result]:
    """Code documents into Parquet parts, one for each shard; yield their contents, in order.

    An existing part of the same documents and coder is reused.

    What `keep_coded` takes: results, where they were read, and the ends of files.

    Args:
        documents: Output of readers, in the same order each time, or parts are rebuilt.
        engine: Codes the shards.
        folder: The folder of the parts.
        coder: The hash of the coder, from `fingerprint`.
        stop: Called before each document.
    """
    parts = Parts(folder)
    under_way: collections.deque[tuple[int | None, list[Step], str | None]] = collections.deque()

    def wanted() -> Iterator[list[Document]]:
        number = 0
        for shard in cut(_until(steps_of(documents), stop), _size, counts=_is_item):
            if not any(map(_is_item, shard)):
                under_way.append((None, shard, None))
                yield []
                continue
            key = _key_of(shard, coder)
            is_there = parts.key(number) == key
            under_way.append((number, shard, None if is_there else key))
            number += 1
            yield [] if is_there else [step.document for step in shard if isinstance(step, DocumentAt)]

    last = -1
    for results in engine(wanted()):
        number, shard, key = under_way.popleft()
        last = last if number is None else number
        if number is None:
            whole = []
        elif key is not None:
            coded = iter(results)
            whole = [
                next(coded) if isinstance(step, DocumentAt) else step
                for step in shard
                if not isinstance(step, FileEnd | ReadingEnd)
            ]
            parts.write(number, whole, key)
        else:
            whole = list(parts.read(number))
        yield from _with_origins(shard, whole)
    if not stop():
        parts.remove_after(last)


def _with_origins(shard: Iterable[Step], whole: Iterable[Coded]) -> Iterator[Result]:
    """Yield the results of a shard with where each was read, and the ends of files between them."""
    results = iter(whole)
    for step in shard:
        if isinstance(step, FileEnd | ReadingEnd):
            yield step
            continue
        result = next(results)
        if isinstance(result, Failure):
            yield msgspec.structs.replace(result, origin=step.origin)
        else:
            yield CodingAt(result, step.origin)


def _is_item(step: Step) -> bool:
    return isinstance(step, DocumentAt | Failure)


def _until(steps: Iterable[Step], stop: Callable[[], bool]) -> Iterator[Step]:
    for step in steps:
        if stop():
            return
        yield step


def _size(step: Step) -> int:
    return len(step.document.text) if isinstance(step, DocumentAt) else 0


def _key_of(shard: Sequence[Step], coder: str) -> str:
    made_of = (
        input_hash(step.document, coder) if isinstance(step, DocumentAt) else step.message
        for step in shard
        if not isinstance(step, FileEnd | ReadingEnd)
    )
    return content_id(*made_of, length=32)


def _encode(results: Sequence[Coded], key: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"published_on": pa.date32(), "events": pa.int32()}
    schema = pa.schema(
        [(name, kinds.get(name, pa.string())) for name in _COLUMNS], metadata={_KEY: key.encode()}
    )
    rows = [dict(zip(_COLUMNS, _row(result), strict=True)) for result in results]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _row(result: Coded) -> tuple[Any, ...]:
    if isinstance(result, Failure):
        return (result.document_id, None, None, None, None, 0, None, result.error, result.message)
    document = result.document
    body = json.dumps(msgspec.to_builtins(result), ensure_ascii=False)
    return (
        document.id, document.published_on, document.title, document.publisher, document.url,
        len(result.events), body, None, None,
    )  # fmt: skip
