"""What a new server prepares over the small record, without a language model."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.web import preparing
from dragoman.web.preparing import prepare

from .quick_record import client_of


def test_pages_are_prepared(small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = client_of(small_file).app.state.site
    loaded: list[str] = []
    monkeypatch.setattr(preparing, "load_assets", lambda: loaded.append("assets"))
    given = site.templates.get_template

    def get_template(name: str) -> object:
        loaded.append(name)
        return given(name)

    monkeypatch.setattr(site.templates, "get_template", get_template)
    prepare(site)
    names = [path.name for path in (Path(preparing.__file__).parent / "templates").iterdir()]
    assert sorted(loaded) == sorted(["assets", *names])
    assert {"front", "choices", "dossiers", "network", "party counts"} <= {key[1] for key in site._cache}
    assert "suggester" in vars(site)
