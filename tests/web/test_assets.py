"""The files of the pages: compressed, named with their version, kept until they change."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.web import assets
from dragoman.web.assets import FOLDER, asset_link


@pytest.mark.parametrize("name", ["app.css", "app.js", "vendor/d3.min.js", "vendor/inter-latin.woff2"])
def test_a_versioned_file_is_kept_for_good(client: TestClient, name: str) -> None:
    answer = client.get(asset_link(name))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].split("/")[0] in ("text", "application", "font")
    again = client.get(asset_link(name), headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_version_is_not_kept_for_good(client: TestClient) -> None:
    for address in ("/static/app.js", "/static/app.js?v=old"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["cache-control"]


def test_files_are_compressed_for_those_who_take_it(client: TestClient) -> None:
    with client.stream("GET", "/static/vendor/d3.min.js", headers={"accept-encoding": "gzip"}) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(sent) == (FOLDER / "vendor/d3.min.js").read_bytes()
    plain = client.get("/static/vendor/d3.min.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == (FOLDER / "vendor/d3.min.js").read_bytes()


def test_styles_name_fonts_with_their_versions(client: TestClient) -> None:
    fonts = re.findall(r'url\("([^"]+)"\)', client.get("/static/app.css").text)
    assert fonts
    for font in fonts:
        assert "immutable" in client.get(font).headers["cache-control"]


@pytest.mark.parametrize(
    "address", ["/static/none.js", "/static/../app.py", "/static/%2e%2e/app.py", "/static/"]
)
def test_other_files_are_not_served(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_files_are_only_read(client: TestClient) -> None:
    assert client.post("/static/app.js").status_code == 405
    assert client.head("/static/app.js").status_code == 200


@pytest.mark.parametrize("path", ["/", "/ledger", "/network", "/map"])
def test_pages_name_versions_and_run_libraries_late(client: TestClient, path: str) -> None:
    page = client.get(path).text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        if not address.endswith(".md"):
            assert "?v=" in address
    # A library is no script of the page: it would run before the first paint.
    assert not re.findall(r'<script src="/static/vendor[^"]+"', page)


def fetched(client: TestClient, name: str, **headers: str) -> Any:
    given = {"accept-encoding": "identity"} | {key.replace("_", "-"): value for key, value in headers.items()}
    return client.get(name, headers=given)


# Name, content type, whether it is compressed.
FILES = [
    ("app.css", "text/css; charset=utf-8", True),
    ("icon.svg", "image/svg+xml", False),
    ("vendor/inter-latin.woff2", "font/woff2", False),
]


@pytest.mark.parametrize(("name", "kind", "is_compressed"), FILES)
def test_headers_of_files(small: TestClient, name: str, kind: str, is_compressed: bool) -> None:
    asset = assets._asset(name)
    plain = fetched(small, f"/static/{name}")
    assert plain.content == asset.content
    assert plain.headers["content-type"] == kind
    assert plain.headers["etag"] == f'"{asset.version}"'
    assert "accept-encoding" in plain.headers["vary"].lower()
    assert plain.headers["cache-control"] == "max-age=86400"
    named = fetched(small, f"/static/{name}?v={asset.version}")
    assert named.headers["cache-control"] == "max-age=31536000, immutable"
    assert (asset.compressed is not None) == is_compressed
    packed = fetched(small, f"/static/{name}", accept_encoding="gzip")
    assert packed.content == asset.content
    assert ("content-encoding" in packed.headers) == is_compressed
    assert packed.headers["content-type"] == kind
    again = fetched(small, f"/static/{name}", if_none_match=f'"x", "{asset.version}"')
    assert (again.status_code, again.headers["etag"]) == (304, f'"{asset.version}"')
    assert again.headers["cache-control"] == "max-age=86400"
    assert fetched(small, f"/static/{name}", if_none_match='"x"').status_code == 200


def test_address_of_a_file() -> None:
    asset = assets._asset("app.js")
    assert asset_link("app.js") == f"/static/app.js?v={asset.version}"
    assert re.fullmatch("[0-9a-f]{12}", asset.version)
    assert asset.version == hashlib.blake2b(asset.content, digest_size=6).hexdigest()


@pytest.mark.parametrize(
    ("name", "size", "is_compressed"),
    [("a.js", 999, False), ("a.js", 1000, True), ("a.png", 5000, False), ("a.woff2", 5000, False)],
)
def test_small_files_are_not_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int, is_compressed: bool
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    (tmp_path / name).write_bytes(b"x" * size)
    made = assets._asset.__wrapped__(name)
    assert (made.compressed is not None) == is_compressed
    if made.compressed:
        assert gzip.decompress(made.compressed) == b"x" * size
        assert made.compressed == gzip.compress(b"x" * size, 6, mtime=0)


def test_files_of_no_known_kind_are_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    (tmp_path / "a.nothing").write_bytes(b"x")
    assert assets._asset.__wrapped__("a.nothing").media_type == "text/plain"
    (tmp_path / "b").mkdir()
    assert assets._names.__wrapped__() == {"a.nothing"}


def test_all_files_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(assets, "_asset", loaded.append)
    assets.load_assets()
    assert set(loaded) == assets._names()
