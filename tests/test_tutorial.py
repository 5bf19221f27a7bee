"""The README and the tutorials show what their commands print."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.pipeline
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tutorial() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tutorial", ROOT / "scripts" / "tutorial.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "number"),
    [("README.md", 1), ("docs/index.md", 0), ("docs/first-steps.md", 7), ("docs/tutorial-questions.md", 11)],
)
def test_the_outputs_are_those_of_the_commands(
    tutorial: ModuleType, name: str, number: int, tmp_path: Path
) -> None:
    page = ROOT / name
    assert page in tutorial.TUTORIALS
    shown = tutorial.blocks(page.read_text(encoding="utf-8"))
    assert len(shown) == number
    for command, output in shown:
        assert tutorial.run(command, tmp_path) == output, command


def test_another_output_would_be_noticed(tutorial: ModuleType, tmp_path: Path) -> None:
    text = "```console\n$ dragoman resolve Moscow\nParis\n```\n"
    assert tutorial.blocks(text) == [("dragoman resolve Moscow", "Paris\n")]
    assert tutorial.written(text, tmp_path) != text
