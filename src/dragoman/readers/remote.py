"""Remote files, opened with fsspec: `s3://bucket/news/*.parquet`, `sftp://host/reports.jsonl`.

Only addresses given by the user are opened, and only if the caller allows it; addresses in reports are never
followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from dragoman.errors import UnreadableError

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_remote(given: str) -> bool:
    """Return True if a name is an address, such as `s3://...`, and not a path on this machine."""
    return bool(_ADDRESS.match(given))


def open_remote(address: str) -> Iterator[tuple[str, io.BufferedReader]]:
    """Yield the name and the open stream of each file that matches an address, in order.

    Args:
        address: The address of a file, a folder, or a pattern with `*`.

    Raises:
        UnreadableError: The package that opens the address is not installed, or no file is found.
    """
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(address)
        for name in _names(files, path):
            with files.open(name, "rb") as stream:
                yield name, cast("io.BufferedReader", stream)
    except ImportError as error:
        why = f"a package for this kind of address is missing: {error}"
        raise UnreadableError(where=address, why=why) from error
    except (OSError, ValueError) as error:
        raise UnreadableError(where=address, why=str(error) or type(error).__name__) from error


def _names(files: Any, path: str) -> list[str]:
    if "*" in path or "?" in path or "[" in path:
        names = sorted(files.glob(path))
        if not names:
            raise FileNotFoundError("nothing fits the pattern")
        return names
    if files.isdir(path):
        return sorted(files.find(path))
    return [path]
