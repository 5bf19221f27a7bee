"""Files that appear under their name once they are complete, and opening of regular files only.

A file being written has a random temporary name, because processes in containers can share process ids and
folders. Content and name are synced to disk, so that a power cut leaves either the old file or the new one.
"""

from __future__ import annotations

import io
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def part_of(target: Path) -> Path:
    """Return a temporary name in the folder of a target, unique among all processes."""
    # The name of the target is not included: it may already have the maximum length.
    return target.with_name(f".dragoman-{secrets.token_hex(8)}.part")


def make_private(path: Path) -> None:
    """Create an empty file that only its owner can read, unless it exists: reports may be confidential."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, stat.S_IRUSR | stat.S_IWUSR))


def sync_folder(folder: Path) -> None:
    """Sync the names of a folder to disk, if the system supports this."""
    # Some file systems cannot sync a folder.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file(path: Path) -> None:
    """Sync a file's content to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(part: Path, target: Path) -> None:
    """Rename a finished file or folder to a target and sync both content and name to disk."""
    if part.is_dir():
        for file in part.iterdir():
            sync_file(file)
        sync_folder(part)
        part.rename(target)
    else:
        sync_file(part)
        part.replace(target)
    sync_folder(target.absolute().parent)


def link_new(part: Path, target: Path) -> None:
    """Give a finished file its name, which must not exist yet.

    Raises:
        FileExistsError: The name has been taken in the meantime.
    """
    sync_file(part)
    # A link fails if the name is taken; a rename would replace the file.
    os.link(part, target)
    sync_folder(target.absolute().parent)


@contextmanager
def replacing(target: Path) -> Iterator[io.BufferedWriter]:
    """Yield a file to write to; it replaces the target when the block succeeds.

    A target that is not a regular file (a pipe, /dev/stdout) is written to directly.

    Raises:
        OSError: The file cannot be written.
    """
    if target.exists() and not target.is_file():
        with target.open("wb") as out:
            yield out
        return
    part = part_of(target)
    try:
        with part.open("wb") as out:
            yield out
        rename(part, target)
    finally:
        part.unlink(missing_ok=True)


def open_regular(path: Path) -> io.BufferedReader:
    """Open a regular file for reading, but not a pipe or a device, which may never end.

    Raises:
        OSError: The file cannot be opened, or is not a regular file; `strerror` states which.
    """
    # Opening a pipe must not wait for a writer.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        kind = os.fstat(handle).st_mode
        if not stat.S_ISREG(kind):
            raise OSError(0, f"is {_KINDS.get(stat.S_IFMT(kind), 'no regular file')}; give a regular file")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


_KINDS = {
    stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
}  # fmt: skip
