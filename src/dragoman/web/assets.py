"""The scripts, styles, fonts and data of the pages: compressed once and cached by browsers until they change.

Pages link to each file with its version, a hash of its content, so that browsers need not request it again.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
_ADDRESS = "/static/"
# Fonts and images are already compressed, and compressing small files gains little.
_LEAST_COMPRESSED, _NOT_COMPRESSED = 1000, (".woff2", ".png")
# Cache lifetimes in seconds: of a versioned file, and of a file that a new version of the program may
# replace.
_FOR_GOOD, _FOR_A_DAY = 31_536_000, 86_400
_IN_STYLE = re.compile(rf'url\("{_ADDRESS}([^"?]+)"\)')


class _Asset(NamedTuple):
    content: bytes
    compressed: bytes | None
    version: str
    media_type: str


class Assets(StaticFiles):
    """Static file server that serves the files of the pages from memory."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the response of `StaticFiles` if it does not exist."""
        name = Path(path).as_posix()
        # Only listed files are read: a name could point outside the folder.
        if scope["method"] not in ("GET", "HEAD") or name not in _names():
            return await super().get_response(path, scope)
        asset, given = _asset(name), Headers(scope=scope)
        headers = {
            "etag": f'"{asset.version}"', "vary": "accept-encoding",
            "cache-control": _keeping(asset, scope["query_string"]),
        }  # fmt: skip
        if f'"{asset.version}"' in given.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if asset.compressed is not None and "gzip" in given.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(asset.compressed, media_type=asset.media_type, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)


def _keeping(asset: _Asset, query: bytes) -> str:
    is_named = parse_qs(query.decode("latin-1")).get("v") == [asset.version]
    return f"max-age={_FOR_GOOD}, immutable" if is_named else f"max-age={_FOR_A_DAY}"


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*") if file.is_file())


@functools.cache
def _asset(name: str) -> _Asset:
    content = (FOLDER / name).read_bytes()
    if name.endswith(".css"):
        # Style sheets also refer to fonts with their versions.
        style = _IN_STYLE.sub(lambda match: f'url("{asset_link(match[1])}")', content.decode("utf-8"))
        content = style.encode("utf-8")
    compressed = None
    if len(content) >= _LEAST_COMPRESSED and not name.endswith(_NOT_COMPRESSED):
        compressed = gzip.compress(content, 6, mtime=0)
    version = hashlib.blake2b(content, digest_size=6).hexdigest()
    return _Asset(content, compressed, version, mimetypes.guess_type(name)[0] or "text/plain")


def asset_link(name: str) -> str:
    """Return the address of a file with its version.

    Args:
        name: File name within the static folder ("app.css").
    """
    return f"{_ADDRESS}{name}?v={_asset(name).version}"


def load_assets() -> None:
    """Read and compress all files in advance, so that no request has to do it."""
    for name in _names():
        _asset(name)
