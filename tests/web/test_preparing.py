"""A new server makes what the first requests need, and a record that cannot be read stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import DragomanError
from dragoman.web.app import Settings, create_app
from dragoman.web.preparing import prepare


def test_the_first_pages_are_ready(record_file: Path, coder: Coder) -> None:
    site = create_app(Settings(record=record_file), coder=coder).state.site
    prepare(site)
    kept = {key[1] for key in site._cache}
    assert {"front", "choices", "dossiers", "network", "party counts"} <= kept


def test_a_record_that_is_gone(tmp_path: Path, record_file: Path, coder: Coder) -> None:
    path = tmp_path / "gone.sqlite"
    path.write_bytes(record_file.read_bytes())
    site = create_app(Settings(record=path), coder=coder).state.site
    path.unlink()
    with pytest.raises(DragomanError):
        prepare(site)
    site.background.start(lambda: prepare(site))
    site.close()
