"""Sizes of columns in the footer of a Parquet file, also of damaged ones."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.readers.parquet_footer import column_sizes


def file_of(table: pa.Table, **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


TABLES = [
    pa.table({"id": ["a", "b"], "text": ["Arnor attacked Gondor."] * 2}),
    pa.table({"text": ["x" * 100_000] * 40, "n": list(range(40))}),
    pa.table({"text": [None, "a"], "tags": [["a", "b"], []], "deep": [{"a": {"b": 1.5}}, {"a": {"b": 2.5}}]}),
    pa.table({"text": pa.array([], pa.string())}),
    pa.table({f"column {n}": [True, False] for n in range(40)}),
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"row_group_size": 1},
        {"compression": "zstd", "write_page_index": True},
        {"write_statistics": False},
    ],
)
def test_sizes_are_those_that_pyarrow_tells(table: pa.Table, options: dict[str, object]) -> None:
    content = file_of(table, **options)
    metadata = pq.ParquetFile(io.BytesIO(content)).metadata
    columns = [
        metadata.row_group(group).column(index)
        for group in range(metadata.num_row_groups)
        for index in range(metadata.num_columns)
    ]
    expected = [
        (each.path_in_schema.split(".")[0], each.total_uncompressed_size, each.total_compressed_size)
        for each in columns
    ]
    file = io.BytesIO(content)
    file.seek(3)
    assert column_sizes(file) == expected
    assert file.tell() == 3


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\xff\xff\xff\x7fPAR1", b"x" * 100])
def test_what_is_no_parquet_file_is_an_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="footer"):
        column_sizes(io.BytesIO(content))


def test_damaged_footers_are_an_error_or_give_sizes() -> None:
    content = file_of(TABLES[2], row_group_size=1)
    length = int.from_bytes(content[-8:-4], "little")
    chance = random.Random(5)
    for _ in range(3000):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            damaged[len(damaged) - 8 - chance.randint(1, length)] = chance.randrange(256)
        try:
            assert isinstance(column_sizes(io.BytesIO(bytes(damaged))), list)
        except ValueError as error:
            assert "footer" in str(error)


def test_a_file_with_damaged_statistics_does_not_end_the_process(tmp_path: Path) -> None:
    # Each byte of the footer once: some of these made pyarrow end the process.
    content = file_of(pa.table({"text": [None, "Arnor attacked Gondor."]}))
    length = int.from_bytes(content[-8:-4], "little")
    for place in range(0, min(length, 400)):
        damaged = bytearray(content)
        damaged[len(content) - 8 - length + place] ^= 3
        (tmp_path / f"{place:03}.parquet").write_bytes(damaged)
    code = "import sys; from dragoman.readers.base import read; print(len(list(read(sys.argv[1:]))))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-400:]
    assert int(done.stdout) > 0
