"""The files of the pages: compressed, named with their version, kept until they change."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.testclient import TestClient

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
