"""Export of the whole record to Parquet files, one per table, and import.

Keys, counts and full text are not written: they are derived from the rest and rebuilt. The imported rows are
identical to the exported ones, including their numbers.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from typing import TYPE_CHECKING

from dragoman.errors import RecordError, UsageError
from dragoman.files import part_of, rename
from dragoman.record.building import new_record
from dragoman.record.migrations import filling, note_all
from dragoman.record.store import Record
from dragoman.record.tables import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

_MANIFEST = "record.json"
# Number of rows in memory at once.
_ROWS = 5000
# Tables in the order in which they can be inserted, referenced ones first; columns are text unless specified.
_COLUMNS = {
    "runs": "id:int version started_at ended_at documents:int failures:int",
    "documents": "number:int id title published_on publisher url language content_hash input_hash run_id:int"
    " text",
    "events": "number:int id document:int day starts_on ends_on event_type event_mode quad_class factuality"
    " polarity firm:int intensity:real confidence:real publisher start:int signature:int told_as"
    " background:int",
    "event_bodies": "number:int body",
    "event_parties": "event:int part actor_id country sector name",
    "attributions": "document:int position:int speaker_id speaker_country body",
    "failures": "file member position:int document_id error message run_id:int",
    "story_documents": "document:int story_id independent:int",
    "stories": "id title first_day last_day documents:int publishers:int independent:int",
    "story_index": "id:int last_document:int state:bytes",
    "entries": "id bucket event_type event_mode quad_class polarity first_day last_day lead:int events:int"
    " documents:int corroboration:int contradictions",
    "entry_events": "event:int entry_id bucket day",
    "readings": "id:int document_id reader kind made_at verdict event_id event_type trigger_start:int"
    " trigger_end:int body changed note undone:int",
}
_TABLES = {
    table: {name: kind or "text" for name, _, kind in (column.partition(":") for column in columns.split())}
    for table, columns in _COLUMNS.items()
}
# Recomputed by `rebuild`; they are in the files for users who read these with other programs.
_DERIVED = ("event_parties",)


def export_record(record: Record, folder: Path) -> dict[str, int]:
    """Write a record as Parquet files to a new folder, which appears only when it is complete.

    Args:
        record: The record; what other processes write meanwhile is not exported.
        folder: The path of the folder, which must not exist.

    Returns:
        The number of rows of each table.

    Raises:
        UsageError: The folder already exists.
        RecordError: The folder cannot be written.
    """
    part = part_of(folder)
    try:
        if folder.exists():
            raise UsageError(message=f"{folder}: already exists; choose another name")
        part.mkdir(parents=True)
        with record.reading() as connection:
            counts = {table: _write_table(connection, table, part) for table in _TABLES}
        manifest = {"what": "dragoman record", "schema": VERSION, "rows": counts}
        (part / _MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        rename(part, folder)
    except (OSError, sqlite3.Error) as error:
        raise RecordError(where=str(folder), message=f"cannot be written: {error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return counts


def _schema(table: str) -> pa.Schema:
    import pyarrow as pa

    kinds = {"int": pa.int64(), "text": pa.string(), "real": pa.float64(), "bytes": pa.large_binary()}
    return pa.schema([(name, kinds[kind]) for name, kind in _TABLES[table].items()])


def _write_table(connection: sqlite3.Connection, table: str, folder: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, schema, count = list(_TABLES[table]), _schema(table), 0
    cursor = connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2")
    with pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
        while rows := cursor.fetchmany(_ROWS):
            columns = zip(zip(*rows, strict=True), schema.types, strict=True)
            arrays = [pa.array(column, kind) for column, kind in columns]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(rows)
    return count


def import_record(folder: Path, path: Path) -> dict[str, int]:
    """Create a new record file from what `export_record` wrote; it appears only when it is complete.

    Returns:
        The number of rows of each table.

    Raises:
        UsageError: The record already exists, or the folder is not an export.
        RecordError: The files are inconsistent, or the record cannot be written.
    """
    manifest = _read_manifest(folder)
    try:
        with new_record(path) as record:
            counts = _fill(record, folder, manifest)
            if faults := record.check():
                raise RecordError(where=str(folder), message=f"is faulty: {faults[0]}; export it again")
    except (ValueError, sqlite3.Error) as error:
        # pyarrow raises ValueError for broken files.
        raise RecordError(where=str(folder), message=f"cannot be imported: {error}") from error
    return counts


def _read_manifest(folder: Path) -> dict[str, int]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["schema"] != VERSION:
            found = manifest["schema"]
            message = f"{folder}: of schema {found}, this program imports {VERSION}; export it again"
            raise UsageError(message=message)
        return {str(table): int(rows) for table, rows in manifest["rows"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(message=f"{folder}: not an export of a record ({error!r})") from error


def _fill(record: Record, folder: Path, manifest: dict[str, int]) -> dict[str, int]:
    counts = {}
    with record.batch(), record.reading() as connection, filling(connection) as following:
        for table in _TABLES:
            if table in _DERIVED:
                continue
            counts[table] = _read_table(connection, table, folder)
            if counts[table] != manifest.get(table):
                message = f"{table}: {counts[table]} rows, {manifest.get(table)} expected; export it again"
                raise RecordError(where=str(folder), message=message)
        note_all(connection, following)
    return counts


def _read_table(connection: sqlite3.Connection, table: str, folder: Path) -> int:
    import pyarrow.parquet as pq

    names = list(_TABLES[table])
    query = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    count = 0
    with pq.ParquetFile(folder / f"{table}.parquet") as file:
        if file.schema_arrow.names != names:
            raise RecordError(where=str(folder), message=f"{table}: unexpected columns; export it again")
        for batch in file.iter_batches(batch_size=_ROWS):
            columns = [column.to_pylist() for column in batch.columns]
            connection.executemany(query, zip(*columns, strict=True))
            count += batch.num_rows
    return count
