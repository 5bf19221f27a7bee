"""Words of the language are data: Python holds few of them, and none twice.

Counted are lists of words as constants of modules, and words that a line compares a word of the text with,
in `coding` and `language`. The ceilings are today's counts: whoever moves words to data/lexicon lowers them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import yaml

import dragoman

PACKAGE = Path(dragoman.__file__).parent
LEXICON = PACKAGE / "data" / "lexicon" / "en"
LISTS, WORDS, COMPARISONS = 104, 670, 223

_WORD = re.compile(r"^[a-z][a-z' .-]*$")
# Labels of the parse, and types that name what a field may hold.
_LABELS = frozenset(
    {"acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
     "ccomp", "compound", "conj", "csubj", "dative", "dep", "det", "dobj", "expl", "intj", "iobj", "mark",
     "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "obj", "oprd", "parataxis", "pcomp",
     "pobj", "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp"}
)  # fmt: skip
# Kinds and precisions of places, which are values of fields.
_PLACES = frozenset(
    {"country", "disputed", "district", "exact", "none", "part", "province", "region", "town"}
)
_OF_A_WORD = {"lower_", "lemma_"}
_NAMES_OF_WORDS = {"lemma", "lower"}


def modules() -> Iterator[Path]:
    for package in ("coding", "language"):
        yield from sorted((PACKAGE / package).rglob("*.py"))


def words_in(node: ast.AST) -> list[str]:
    """The words that a piece of code holds, labels left out."""
    if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal":
        return []
    own = [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []
    found = [word for child in ast.iter_child_nodes(node) for word in words_in(child)]
    return [word for word in own if _WORD.match(word) and word not in _LABELS | _PLACES] + found


def word_lists(source: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The constants of a module that hold two words or more."""
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            words = frozenset(words_in(node.value))
            if len(words) > 1 and isinstance(target, ast.Name) and not target.id.startswith("__"):
                yield target.id, words


def comparisons(source: str) -> Iterator[int]:
    """The lines that compare a word of the text with words of their own."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            asked = {
                part.attr if isinstance(part, ast.Attribute) else part.id
                for part in ast.walk(node)
                if isinstance(part, (ast.Attribute, ast.Name))
            }
            if asked & (_OF_A_WORD | _NAMES_OF_WORDS) and words_in(node):
                yield node.lineno


@pytest.mark.parametrize(
    ("source", "lists", "compared"),
    [
        ("_VERBS = frozenset({'say', 'tell'})", 1, 0),
        ("_VERBS: Final = ('say', 'tell')", 1, 0),
        ("_VERBS = {'say': 1, 'tell': 2}", 1, 0),
        ("_LABELS = ('nsubj', 'dobj')", 0, 0),
        ("Kind = Literal['on', 'since']", 0, 0),
        ("_VERB = 'say'", 0, 0),
        ("__all__ = ['say', 'tell']", 0, 0),
        ("def f(t): return t.lemma_ in ('say', 'tell')", 0, 1),
        ("def f(t): return t.lower_ == 'to' and t.dep_ == 'prep'", 0, 1),
        ("def f(lemma): return lemma != 'say'", 0, 1),
        ("def f(t): return t.dep_ == 'prep'", 0, 0),
        ("def f(t): return is_saying_word(t.lemma_, 'plain')", 0, 0),
    ],
)
def test_what_is_counted(source: str, lists: int, compared: int) -> None:
    assert (len(list(word_lists(source))), len(list(comparisons(source)))) == (lists, compared)


def test_python_holds_few_words() -> None:
    sources = [path.read_text("utf-8") for path in modules()]
    lists = [words for source in sources for _, words in word_lists(source)]
    assert len(lists) <= LISTS, "put the words in data/lexicon/en"
    assert sum(map(len, lists)) <= WORDS, "put the words in data/lexicon/en"
    assert sum(len(list(comparisons(source))) for source in sources) <= COMPARISONS, (
        "ask for a list of data/lexicon/en"
    )


# Words that two lists may share because each means something of its own by them.
_SMALL = 6


def test_no_list_of_words_stands_twice() -> None:
    held = [
        (f"{path.stem}.{name}", words)
        for path in modules()
        for name, words in word_lists(path.read_text("utf-8"))
        if len(words) >= _SMALL
    ]
    for path in sorted(LEXICON.glob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        held += [
            (f"{path.name}: {name}", frozenset(words))
            for name, words in content.items()
            if isinstance(words, list) and len(words) >= _SMALL and all(isinstance(w, str) for w in words)
        ]
    assert [(one, other) for (one, a), (other, b) in combinations(held, 2) if a == b] == []
