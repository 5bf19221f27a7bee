"""Another language model: found by package or path, told when it is not there, part of the fingerprint."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import MissingModelError
from dragoman.language.models import find_model
from dragoman.language.pipeline import load_pipeline
from dragoman.running.fingerprint import fingerprint
from dragoman.running.shard import CoderSettings, load_coder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small model in a package of another name, a folder below, as packages keep theirs."""
    folder = tmp_path_factory.mktemp("models") / "my_core_model"
    shutil.copytree(load_pipeline().path, folder / "_model")
    (folder / "__init__.py").write_text("")
    return folder


def test_by_path_and_by_package(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(saved.parent))
    assert find_model(str(saved)) == find_model("my_core_model") == saved / "_model"
    assert find_model("my-core-model") == saved / "_model"


def test_the_model_that_was_asked_for_codes(saved: Path) -> None:
    coder = Coder(language_model=str(saved))
    assert coder.nlp.path == saved / "_model"
    assert coder.code("Russia condemned Ukraine.").events
    prepare = load_coder(CoderSettings(language_model=str(saved)))
    assert prepare.__self__.nlp.path == saved / "_model"  # type: ignore[attr-defined]


def test_near_names_are_told(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(saved.parent))
    with pytest.raises(
        MissingModelError, match=r"'my_core_modle' is not installed; did you mean my_core_model"
    ):
        Coder(language_model="my_core_modle")
    with pytest.raises(MissingModelError, match="did you mean en_core_web_sm"):
        fingerprint(language_model="en_core_web_md_that_nobody_has")


@pytest.mark.parametrize("name", ["", "no such model", "en.core.web", "no/such/path"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(MissingModelError):
        find_model(name)


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(MissingModelError, match=r"no config\.cfg in this folder"):
        find_model(str(tmp_path))


def test_a_package_without_a_model() -> None:
    assert "msgspec" in sys.modules
    with pytest.raises(MissingModelError):
        find_model("msgspec")


def test_the_fingerprint_knows_the_model(saved: Path, tmp_path: Path) -> None:
    plain, chosen = fingerprint(), fingerprint(language_model=str(saved))
    assert plain != chosen
    copied = tmp_path / "elsewhere"
    shutil.copytree(saved / "_model", copied)
    assert fingerprint(language_model=str(copied)) == chosen, "the same model at another place"
    (copied / "meta.json").write_text("{}")
    assert fingerprint(language_model=str(copied)) != chosen
