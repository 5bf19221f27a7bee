"""Addresses are opened with fsspec where the caller allows it, and nowhere else."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read

fsspec = pytest.importorskip("fsspec")
LINES = "".join(
    json.dumps({"id": f"r{n}", "text": f"Arnor attacked Gondor {n} times."}) + "\n" for n in range(3)
)


@pytest.fixture
def store() -> object:
    files = fsspec.filesystem("memory")
    files.pipe("/store/one.jsonl", LINES.encode())
    files.pipe("/store/more/two.jsonl.gz", gzip.compress(LINES.replace("r", "s").encode()))
    files.pipe("/store/notes.xyz", b"no report")
    yield files
    files.rm("/store", recursive=True)


def ids(*addresses: str, remote: bool = True) -> list[str]:
    return [item.id if isinstance(item, Document) else item.error for item in read(addresses, remote=remote)]


def test_files_folders_and_patterns(store: object) -> None:
    assert ids("memory://store/one.jsonl") == ["r0", "r1", "r2"]
    assert len(ids("memory://store")) == 6
    assert len(ids("memory://store/*.jsonl")) == 3
    assert ids("memory://store/notes.xyz") == ["UnknownKindError"]


def test_parquet(store: object, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(
        pa.table({"id": ["p"], "text": ["Arnor attacked Gondor again and again."]}), tmp_path / "a.parquet"
    )
    fsspec.filesystem("memory").put(str(tmp_path / "a.parquet"), "/store/a.parquet")
    assert ids("memory://store/a.parquet") == ["p"]


@pytest.mark.parametrize(
    "address", ["memory://store/none.jsonl", "memory://nowhere/*.jsonl", "nosuch://store/one.jsonl"]
)
def test_what_cannot_be_opened_is_a_failure(store: object, address: str) -> None:
    (failure,) = read(
        [
            address,
        ],
        remote=True,
    )
    assert isinstance(failure, Failure)
    assert failure.error == "UnreadableError"
    assert address in failure.message


def test_nothing_is_opened_unasked(store: object) -> None:
    assert ids("memory://store/one.jsonl", remote=False) == ["UnreadableError"]
