"""The libraries of the pages: the bundled files are the pinned ones, and the policy allows them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import yaml

import dragoman.web

ROOT = Path(__file__).parents[2]
VENDOR = Path(dragoman.web.__file__).parent / "static" / "vendor"
KEPT = json.loads((VENDOR / "vendored.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", KEPT, ids=[entry["file"] for entry in KEPT])
def test_files_are_those_that_were_fetched(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert f"## {entry['package']} {entry['version']} (" in (VENDOR / "LICENSES.md").read_text("utf-8")


def test_nothing_else_is_in_the_folder() -> None:
    known = {entry["file"] for entry in KEPT} | {"vendored.json", "LICENSES.md"}
    assert {path.name for path in VENDOR.iterdir()} == known


def test_the_table_of_the_script_and_the_files_agree() -> None:
    table = yaml.safe_load((ROOT / "scripts" / "tables" / "web_packages.yaml").read_text(encoding="utf-8"))
    pinned = {(entry["name"], entry["version"], entry["integrity"]) for entry in table}
    assert {(entry["package"], entry["version"], entry["integrity"]) for entry in KEPT} == pinned


def test_no_library_writes_style_elements_into_drawings() -> None:
    plot = (VENDOR / "plot.umd.min.js").read_text(encoding="utf-8")
    assert '("style"' not in plot.replace('.property("style"', "").replace('.attr("style"', "")


def test_every_library_is_loaded_by_some_page_and_no_page_loads_all() -> None:
    templates = (VENDOR.parents[1] / "templates").glob("*.html")
    used = {path.name: path.read_text(encoding="utf-8") for path in templates}
    static = "".join(p.read_text("utf-8") for p in VENDOR.parent.iterdir() if p.suffix in (".css", ".js"))
    for entry in KEPT:
        assert entry["file"] in "".join(used.values()) + static, entry["file"]
    assert not any("vendor(" in used[name] for name in ("base.html", "ledger.html", "reader.html"))
