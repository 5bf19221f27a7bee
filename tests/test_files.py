"""Files appear whole, under names that cannot clash; what is no file is not read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError, RecordError
from dragoman.files import open_regular, part_of, rename, replacing
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.loading import load_yaml
from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read
from dragoman.record.store import Record
from dragoman.running.gold_lines import read_gold

LONG = "n" * 250
TEXT = "Arnor accused Gondor of sheltering rebels on Monday, the foreign ministry in the capital said."


def test_parts_of_one_target_never_clash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # In containers every process may be number one.
    monkeypatch.setattr(os, "getpid", lambda: 1)
    names = {part_of(tmp_path / LONG).name for _ in range(100)}
    assert len(names) == 100
    assert all(len(name) < 60 and name.startswith(".") for name in names)


def test_a_file_is_replaced_or_left(tmp_path: Path) -> None:
    target = tmp_path / f"{LONG}.txt"
    target.write_text("before")
    with pytest.raises(ValueError, match="stop"), replacing(target) as out:
        out.write(b"half")
        raise ValueError("stop")
    assert target.read_text() == "before"
    with replacing(target) as out:
        out.write(b"after")
    assert target.read_text() == "after"
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_renamed_is_on_the_disk_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def note(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    with replacing(tmp_path / "a.txt") as out:
        out.write(b"x")
    assert [Path(name).parent for name in synced] == [tmp_path, tmp_path.parent]
    synced.clear()
    part = part_of(tmp_path / "folder")
    part.mkdir()
    (part / "x.parquet").write_bytes(b"x")
    rename(part, tmp_path / "folder")
    assert [Path(name).name for name in synced] == ["x.parquet", part.name, tmp_path.name]


def test_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="give a regular file"):
            open_regular(path)
        (failure,) = read([str(path)])
        assert isinstance(failure, Failure)
        assert "regular file" in failure.message
    with pytest.raises(KnowledgeError, match="regular file"):
        load_yaml(pipe)
    with pytest.raises(RecordError, match="regular file"):
        Record.open(pipe)
    with pytest.raises(RecordError, match="regular file"):
        Record.open_to_read(pipe)
    with pytest.raises(Exception, match="regular file"):
        list(read_gold(pipe))


def test_names_of_250_letters_are_read(tmp_path: Path) -> None:
    (tmp_path / f"{LONG}.txt").write_text(TEXT)
    for given in (tmp_path / f"{LONG}.txt", tmp_path):
        (document,) = read([str(given)])
        assert isinstance(document, Document)
        assert document.id == LONG
    # SQLite needs room for the names of the files beside it.
    with pytest.raises(RecordError):
        Record.open(tmp_path / f"{'r' * 243}.sqlite")


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(12)
)
RECURSIVE = "a: &a\n  b: *a\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB, "refers to"),
        (RECURSIVE, "refers to"),
        ("a: " + "[" * 5000, "nested"),
        ("a: " + "{a: " * 200, "nested"),
    ],
)
@pytest.mark.parametrize("what", ["codebook", "actors"])
def test_yaml_that_is_made_to_do_harm_is_refused(tmp_path: Path, content: str, told: str, what: str) -> None:
    name = {"codebook": "types", "actors": "."}[what]
    (tmp_path / name).mkdir(exist_ok=True)
    for file in ("states.yaml", "organisations.yaml", "accuse.yaml"):
        (tmp_path / name / file).write_text(content)
    with pytest.raises(KnowledgeError, match=told):
        load_yaml(tmp_path / name / "states.yaml")
    with pytest.raises(KnowledgeError):
        load_codebook(tmp_path) if what == "codebook" else load_actors(extra=(tmp_path,))


def test_two_exports_to_one_name_at_once(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    barrier = threading.Barrier(2)
    failed: list[Exception] = []

    def write(words: bytes) -> None:
        try:
            with replacing(target) as out:
                out.write(words)
                barrier.wait(5)
                out.write(words)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=write, args=(words,)) for words in (b"aaaa", b"bbbb")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert target.read_bytes() in (b"aaaaaaaa", b"bbbbbbbb")
    assert list(tmp_path.iterdir()) == [target]
