"""Backups and Parquet: a copy is whole or not there, and the same as what it was made of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import RecordError, UsageError
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.record.parquet import export_record, import_record
from dragoman.record.store import Record
from dragoman.running.grouping import regroup


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, those of the full text index apart."""
    connection = sqlite3.connect(path)
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_text%' ESCAPE '\\'"
    ).fetchall()
    rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in names}
    rows["schema"] = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    connection.close()
    return rows


@pytest.fixture
def full(small: Record) -> Record:
    regroup(small)
    small.add_failure(
        Failure(document_id="bad", error="EmptyDocumentError", message="bad: no text"), run_id=1
    )
    # Numbers with gaps must stay as they are.
    small.remove("b")
    return small


def test_an_imported_record_is_the_same(full: Record, tmp_path: Path) -> None:
    counts = export_record(full, tmp_path / "out")
    assert counts["documents"] == 4
    import_record(tmp_path / "out", tmp_path / "again.sqlite")
    assert content(tmp_path / "again.sqlite") == content(tmp_path / "small.sqlite")
    with Record.open(tmp_path / "again.sqlite") as again:
        assert again.check() == []
        assert again.search("shepherds") == full.search("shepherds")
    assert {path.name for path in tmp_path.iterdir() if "part" in path.name} == set()


def test_a_backup_is_the_same(full: Record, tmp_path: Path) -> None:
    full.backup(tmp_path / "copy.sqlite")
    assert content(tmp_path / "copy.sqlite") == content(tmp_path / "small.sqlite")
    with Record.open(tmp_path / "copy.sqlite") as copy:
        assert copy.check() == []


def test_nothing_is_overwritten(full: Record, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(UsageError, match="already"):
        full.backup(tmp_path / "there")
    with pytest.raises(UsageError, match="already"):
        export_record(full, tmp_path / "there")
    export_record(full, tmp_path / "out")
    with pytest.raises(UsageError, match="already"):
        import_record(tmp_path / "out", tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def _drop(folder: Path) -> None:
    (folder / "events.parquet").unlink()


def _garble(folder: Path) -> None:
    (folder / "events.parquet").write_bytes(b"PAR1 nothing of the kind")


def _swap(folder: Path) -> None:
    (folder / "events.parquet").write_bytes((folder / "runs.parquet").read_bytes())


def _count(folder: Path) -> None:
    manifest = json.loads((folder / "record.json").read_text())
    manifest["rows"]["events"] += 1
    (folder / "record.json").write_text(json.dumps(manifest))


def _no_manifest(folder: Path) -> None:
    (folder / "record.json").write_text("{}")


@pytest.mark.parametrize("damage", [_drop, _garble, _swap, _count, _no_manifest])
def test_a_damaged_export_is_refused_and_leaves_nothing(
    full: Record, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    export_record(full, tmp_path / "out")
    damage(tmp_path / "out")
    before = set(tmp_path.iterdir())
    with pytest.raises((RecordError, UsageError), match="out"):
        import_record(tmp_path / "out", tmp_path / "again.sqlite")
    assert set(tmp_path.iterdir()) == before


def test_a_record_too_large_for_one_batch(
    tmp_path: Path, quick_code: Callable[[Document], CodedDocument]
) -> None:
    text = " ".join(["Arnor attacked Gondor."] * 300)
    with Record.open(tmp_path / "big.sqlite") as record:
        run_id = record.begin_run("test")
        with record.batch():
            for number in range(20):
                record.add(quick_code(Document(id=f"d{number}", text=text)), run_id=run_id)
        assert export_record(record, tmp_path / "out")["events"] == 6000
    import_record(tmp_path / "out", tmp_path / "again.sqlite")
    assert content(tmp_path / "again.sqlite") == content(tmp_path / "big.sqlite")


def test_filling_at_once_comes_to_the_same(
    small: Record, tmp_path: Path, reports: list[CodedDocument]
) -> None:
    with Record.open(tmp_path / "filled.sqlite") as record:
        run_id = record.begin_run("test")
        assert record.fill(reports, run_id=run_id) == len(reports)
        assert record.check() == []
        with pytest.raises(RecordError, match="nothing of this step"):
            record.fill([*reports[:1], reports[0]], run_id=run_id)
        assert record.check() == []
    filled, added = content(tmp_path / "filled.sqlite"), content(tmp_path / "small.sqlite")
    del filled["runs"], added["runs"]
    assert filled == added
