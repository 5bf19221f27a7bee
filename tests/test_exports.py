"""The public names exist, and say what they take, return and raise."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).parents[1]
PACKAGE = Path(dragoman.__file__).parent
PROSE = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_IMPORT = re.compile(r"^\s*from (dragoman[\w.]*) import \(?([\w, ]+)\)?", re.MULTILINE)
_DOTTED = re.compile(r"`(dragoman(?:\.\w+)+)`")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("name", dragoman.__all__)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(dragoman, name))


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Codr'"):
        dragoman.Codr  # noqa: B018


def _documented() -> Iterator[tuple[str, str, str]]:
    """The names that the prose imports or names in full: file, module, name."""
    for path in PROSE:
        text = path.read_text("utf-8")
        for module, names in _IMPORT.findall(text):
            yield from ((path.name, module, name.strip()) for name in names.split(",") if name.strip())
        yield from ((path.name, *dotted.rpartition(".")[::2]) for dotted in _DOTTED.findall(text))


@pytest.mark.parametrize(("path", "module", "name"), sorted(set(_documented())))
def test_a_documented_name_exists(path: str, module: str, name: str) -> None:
    try:
        home = importlib.import_module(module)
    except ModuleNotFoundError:
        # A class and its method: dragoman.coding.coder.Coder.code.
        above, _, owner = module.rpartition(".")
        home = getattr(importlib.import_module(above), owner)
    assert hasattr(home, name) or importlib.import_module(f"{module}.{name}")


def _public_functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        where = str(path.relative_to(PACKAGE))
        for node in ast.parse(path.read_text("utf-8")).body:
            public = not getattr(node, "name", "_").startswith("_")
            if isinstance(node, _FUNCTIONS) and public:
                yield f"{where}: {node.name}", node
            elif isinstance(node, ast.ClassDef) and public:
                for inner in node.body:
                    if isinstance(inner, _FUNCTIONS) and not inner.name.startswith("_"):
                        yield f"{where}: {node.name}.{inner.name}", inner


def test_every_public_function_has_a_docstring() -> None:
    assert [name for name, function in _public_functions() if not ast.get_docstring(function)] == []


# Commands and pages tell the user themselves what went wrong.
_NO_LIBRARY = ("cli/", "web/")
# Functions that say elsewhere what they raise; none is to be added.
_SAID_ELSEWHERE = {
    "readers/jsonl.py: read_object", "readers/unpacking.py: Bounded.readinto",
    "record/reading.py: Reading.counts", "record/reading.py: check_page",
}  # fmt: skip


def test_what_a_library_function_raises_is_said() -> None:
    silent = {
        name
        for name, function in _public_functions()
        if not name.startswith(_NO_LIBRARY)
        and any(isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) for node in ast.walk(function))
        and "Raise" not in (ast.get_docstring(function) or "")
    }
    assert silent - _SAID_ELSEWHERE == set()


def test_arguments_of_the_coder_are_described() -> None:
    thin = []
    for name, method in inspect.getmembers(dragoman.Coder, inspect.isfunction):
        if name.startswith("_"):
            continue
        words = inspect.getdoc(method) or ""
        given = [p for p in inspect.signature(method).parameters.values() if p.name != "self"]
        if len(given) > 1 and not all(re.search(rf"\b{p.name}\b", words) for p in given):
            thin.append(name)
    assert thin == []
