"""Changes that break code on purpose: where they can be made, and what the broken code does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = '''\
LIMIT = 3


def is_short(word: str = "x", *, most: int = 2) -> bool:
    """Return True for "ab"."""
    if not word or len(word) > most:
        raise_if(word)
        return False
    return word != "long"


def raise_if(word: str) -> None:
    if word == "bad":
        raise ValueError(f"{word} is bad" + "!")


class Counter:
    def up(self, by: int) -> int:
        inner = lambda: by + 1
        return inner()
'''


@pytest.fixture(scope="module")
def mutation_sites() -> ModuleType:
    path = Path(__file__).parents[1] / "scripts" / "mutation_sites.py"
    spec = importlib.util.spec_from_file_location("mutation_sites", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutation_sites"] = module
    spec.loader.exec_module(module)
    return module


# Line and change of every site.
CHANGES = [
    (6, "not word or len(word) > most: Or -> And"),
    (6, "not word: not dropped"),
    (6, "len(word) > most: Gt -> GtE"),
    (8, "return False -> return None"),
    (8, "False -> True"),
    (9, "return word != 'long' -> return None"),
    (9, "word != 'long': NotEq -> Eq"),
    (9, "'long' -> 'long~'"),
    (13, "word == 'bad': Eq -> NotEq"),
    (13, "'bad' -> 'bad~'"),
    (19, "by + 1: Add -> Sub"),
    (19, "1 -> 2"),
    (20, "return inner() -> return None"),
]


def test_types_defaults_docstrings_and_messages_are_left_alone(mutation_sites):
    found = [(site.line, site.change) for site in mutation_sites.sites(SOURCE)]
    assert sorted(found) == sorted(CHANGES)


def test_each_change_gives_other_code_of_one_function(mutation_sites):
    plain = compile(SOURCE, "source.py", "exec")
    for site in mutation_sites.sites(SOURCE):
        broken = mutation_sites.mutated(SOURCE, site, "source.py")
        for name in ("is_short", "raise_if", "Counter.up"):
            code = mutation_sites.function_code(broken, name)
            same = code == mutation_sites.function_code(plain, name)
            assert same is (name != site.function)


def test_the_broken_code_does_what_the_change_says(mutation_sites):
    site = next(s for s in mutation_sites.sites(SOURCE) if s.change == "len(word) > most: Gt -> GtE")
    names: dict[str, object] = {}
    exec(mutation_sites.mutated(SOURCE, site, "source.py"), names)
    assert names["is_short"]("ab") is False


def test_an_unknown_function_is_told(mutation_sites):
    with pytest.raises(LookupError):
        mutation_sites.function_code(compile(SOURCE, "source.py", "exec"), "Counter.down")
