"""Parquet: one report per row, a few rows in memory at a time, only the required columns."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any, cast

from dragoman.errors import BrokenFileError, DocumentError, OversizeError, PackedTooTightError
from dragoman.readers.documents import make_document, make_failure
from dragoman.readers.fields import find_fields, pick_columns
from dragoman.readers.parquet_footer import column_sizes
from dragoman.settings import MAX_CHARACTERS, MAX_PACKING_RATIO, MAX_SPOOL_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_ROWS_AT_A_TIME = 32
# A column of one row group is held in memory when its pages are read.
_MOST_COLUMN_BYTES = 512 * 1024 * 1024


def read_parquet(source: Source) -> Iterator[Document | Failure]:
    """Yield a document, or a failure that names the row, for each row.

    Raises:
        DocumentError: The file is broken, or has no column with the text.
    """
    with spooled(source) as file:
        yield from _read_file(file, source)


def spooled(source: Source) -> IO[bytes]:
    """Return the source as a seekable file: itself, or a temporary copy of it.

    Raises:
        OversizeError: The source is too large to copy.
    """
    if source.path is not None:
        return cast("IO[bytes]", source.path.open("rb"))
    copy = tempfile.TemporaryFile(prefix="dragoman-")  # noqa: SIM115 - the caller closes it
    try:
        left = MAX_SPOOL_BYTES
        while chunk := source.stream.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise OversizeError(
                    where=source.name, limit=MAX_SPOOL_BYTES, what="one archive", advice="unpack it yourself"
                )
            copy.write(chunk)
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return cast("IO[bytes]", copy)


def _read_file(file: IO[bytes], source: Source) -> Iterator[Document | Failure]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        table = pq.ParquetFile(file, memory_map=False, pre_buffer=False)
        names = pick_columns(table.schema_arrow.names, source.options.columns, where=source.name)
        _check_sizes(file, names, source.name)
        # Text that is stored once and referenced remains so: a small file cannot expand to a large one.
        packed = [name for name in names if pa.types.is_string(table.schema_arrow.field(name).type)]
        table = pq.ParquetFile(file, memory_map=False, pre_buffer=False, read_dictionary=packed)
        batches = table.iter_batches(batch_size=_ROWS_AT_A_TIME, columns=names, use_threads=False)
        for batch in batches:
            for index in range(batch.num_rows):
                number += 1
                row = {name: batch.column(i)[index] for i, name in enumerate(batch.schema.names)}
                yield _read_row(row, f"{source.name}, row {number}", source)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError, MemoryError) as error:
        why = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        where = source.name if not number else f"{source.name}, behind row {number}"
        raise BrokenFileError(where=where, what="Parquet file", why=why) from error


def _check_sizes(file: IO[bytes], names: list[str], where: str) -> None:
    for column in column_sizes(file):
        if column.name not in names:
            continue
        if column.laid_out > _MOST_COLUMN_BYTES:
            advice = "write it with smaller row groups"
            raise OversizeError(
                where=where, limit=_MOST_COLUMN_BYTES, what="one row group's column", advice=advice
            )
        is_large = column.laid_out > 64 * MAX_CHARACTERS
        if is_large and column.laid_out > MAX_PACKING_RATIO * max(column.packed, 1):
            raise PackedTooTightError(where=where, ratio=MAX_PACKING_RATIO)


def _read_row(row: dict[str, Any], where: str, source: Source) -> Document | Failure:
    name = where
    try:
        values = {key: _plain(value, where) for key, value in row.items()}
        fields = find_fields(values, source.options.columns, where=where, date_form=source.options.date_form)
        name = str(fields.get("id") or where)
        fields.setdefault("text", "")
        return make_document(fields, where=where)
    except DocumentError as error:
        return make_failure(error, name=name)


def _plain(value: Any, where: str) -> Any:
    try:
        plain = value.as_py()
    except (ValueError, OverflowError) as error:
        raise BrokenFileError(where=where, what="value", why=str(error)[:100]) from error
    if isinstance(plain, bytes):
        return plain.decode("utf-8", "replace")
    return plain
