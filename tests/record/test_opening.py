"""Reading changes nothing: not the file, not the folder; and needs no right to change them."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.errors import NotFoundError, RecordError
from dragoman.model.records import CodedDocument
from dragoman.record.parquet import export_record
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

NOBODY = 65534


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_size, path.read_bytes())
        for path in sorted(folder.iterdir())
    }


def ask_everything(record: Record) -> int:
    found = list(record.events())
    record.page()
    record.search("Gondor")
    record.network()
    record.dyad_series("ARN", "GON")
    record.counts(by="actor")
    record.stories()
    record.entries()
    record.stats()
    assert record.check() == []
    return len(found)


@pytest.fixture
def kept(tmp_path: Path, small: Record) -> Path:
    regroup(small)
    small.close()
    folder = tmp_path / "kept"
    folder.mkdir()
    shutil.copy(tmp_path / "small.sqlite", folder / "news.sqlite")
    return folder / "news.sqlite"


def test_reading_changes_nothing(kept: Path) -> None:
    before = state(kept.parent)
    assert set(before) == {"news.sqlite"}
    with Record.open_to_read(kept) as record:
        assert ask_everything(record) == 9
    assert state(kept.parent) == before


def test_reading_where_nothing_may_be_changed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    before = state(kept.parent)
    with Record.open_to_read(kept) as record:
        assert ask_everything(record) == 9
        # Not even a file beside it while it is read.
        assert state(kept.parent) == before
    assert state(kept.parent) == before


@pytest.fixture
def locked(kept: Path) -> Iterator[Path]:
    """A record that another user can read, in a folder that nobody but its owner can write to."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-locked-"))
    shutil.copy(kept, folder / "news.sqlite")
    (folder / "news.sqlite").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "news.sqlite"
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        ["events"],
        ["entries"],
        ["series", "ARN", "GON"],
        ["network"],
        ["search", "Gondor"],
        ["documents"],
        ["failures"],
        ["record", "check"],
        ["record", "stats"],
        ["stories", "list"],
        ["demands"],
        ["export", "icews", "-o", "-"],
    ],
)
def test_commands_read_as_somebody_who_may_not_write(locked: Path, arguments: list[str]) -> None:
    # Once as ourselves, so that all that is imported and loaded is there; then as somebody else.
    assert CliRunner().invoke(app, [*arguments, "--record", str(locked)]).exit_code == 0
    before = state(locked.parent)
    assert as_nobody([*arguments, "--record", str(locked)]) == 0
    assert state(locked.parent) == before


def as_nobody(arguments: list[str]) -> int:
    """Run a command in a process that may write nothing here, and return its exit code."""
    child = os.fork()
    if not child:
        code = 99
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            code = CliRunner().invoke(app, arguments).exit_code
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_what_only_reads_cannot_write(kept: Path) -> None:
    with pytest.raises(RecordError, match="readonly"), Record.open_to_read(kept) as record:
        record.begin_run("x")


@pytest.mark.parametrize("content", [b"", b"no record at all, but some words"])
def test_what_is_no_record_is_told_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(content)
    with pytest.raises(RecordError):
        Record.open_to_read(path)
    assert state(tmp_path) == {"other.sqlite": (path.stat().st_mtime_ns, len(content), content)}


def test_a_missing_record_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        Record.open_to_read(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_an_older_record_is_not_brought_up_to_date_by_reading(kept: Path) -> None:
    import sqlite3

    with sqlite3.connect(kept) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = state(kept.parent)
    with pytest.raises(RecordError, match="dragoman record rebuild --record"):
        Record.open_to_read(kept)
    assert state(kept.parent) == before


def test_readers_see_what_a_writer_wrote(kept: Path, reports: list[CodedDocument]) -> None:
    with Record.open(kept) as writer:
        writer.remove("a")
        with Record.open_to_read(kept) as reader:
            assert [document.id for document in reader.documents()] == ["b", "c", "d", "e"]
        writer.add(reports[0], run_id=1)
        with Record.open_to_read(kept) as reader:
            assert len(list(reader.documents())) == 5


def test_a_new_record_is_for_its_owner(tmp_path: Path, small: Record) -> None:
    def mode(name: str) -> int:
        return stat.S_IMODE((tmp_path / name).stat().st_mode)

    assert mode("small.sqlite") == 0o600
    assert mode("small.sqlite-wal") == 0o600
    small.backup(tmp_path / "copy.sqlite")
    assert mode("copy.sqlite") == 0o600


def test_a_copy_onto_a_file_system_that_cannot_be_written_is_our_error(small: Record) -> None:
    with pytest.raises(RecordError, match="cannot be written"):
        small.backup(Path("/proc/nothing/copy.sqlite"))
    with pytest.raises(RecordError, match="cannot be written"):
        export_record(small, Path("/proc/nothing/folder"))
