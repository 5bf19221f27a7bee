"""What the package says of itself: one version, licences of what it holds, a citation."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import dragoman
from dragoman.cli.main import app

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_there_is_one_version() -> None:
    assert "version" in PROJECT["dynamic"]
    assert importlib.metadata.version("dragoman") == dragoman.__version__
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == dragoman.__version__
    assert f"## {dragoman.__version__}" in (ROOT / "CHANGELOG.md").read_text()
    assert dragoman.__version__ in CliRunner().invoke(app, ["--version"]).output


def test_licence_files_are_there() -> None:
    for pattern in PROJECT["license-files"]:
        assert list(ROOT.glob(pattern)), pattern
    notice = (ROOT / "NOTICE").read_text()
    # Every data source that the README names, and every file that the notice names.
    for name in ("GeoNames", "PLOVER", "all-MiniLM-L6-v2", "icews", "rigour", "REIGN"):
        assert name in notice
    for path in re.findall(r"(?:src|training|LICENSES)/[\w./-]+", notice):
        assert list(ROOT.glob(path.rstrip(".") + "*")), path


@pytest.mark.parametrize("name", ["SECURITY.md", "CONTRIBUTING.md", "docs/decisions/README.md"])
def test_links_of_the_house_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)", path.read_text()):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


def test_the_python_example_of_the_readme_prints_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out == "ACCUSE ['FRA'] certain France accused Russia of spying\n"
