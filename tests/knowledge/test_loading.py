"""YAML is read as strings, and each fault says its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import load_yaml, refuse_unknown


def _file(folder: Path, text: str) -> Path:
    path = folder / "a.yaml"
    path.write_text(text, "utf-8")
    return path


def test_everything_is_a_string(tmp_path):
    content, _ = load_yaml(_file(tmp_path, "code: 0311\nyes: [no, 1.5, null]\n"))
    assert content == {"code": "0311", "yes": ["no", "1.5", "null"]}


def test_an_empty_file_is_none(tmp_path):
    assert load_yaml(_file(tmp_path, "# nothing\n"))[0] is None


def test_where_a_part_stands(tmp_path):
    content, lines = load_yaml(_file(tmp_path, "a:\n  x: 1\nb:\n  - y\n"))
    assert lines.at(content["a"]) == "a.yaml:2"
    assert lines.at(content["b"]) == "a.yaml:4"
    assert lines.at({}) == "a.yaml"


FAULTS = [
    ("a: 1\nb: 2\na: 3\n", "a.yaml:3", "the key 'a' is given twice"),
    ("a:\n  x: 1\n  x: 2\n", "a.yaml:3", "the key 'x' is given twice"),
    ("a: [1\nb: 2\n", "a.yaml:2", "not YAML"),
]


@pytest.mark.parametrize(("text", "where", "message"), FAULTS)
def test_a_fault_says_where(tmp_path, text, where, message):
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_yaml(_file(tmp_path, text))
    assert where in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_yaml(tmp_path / "none.yaml")


def test_unknown_keys_are_refused_with_the_known_ones():
    refuse_unknown("a.yaml:1", {"one": 1}, {"one", "two"})
    with pytest.raises(KnowledgeError, match="unknown key 'three'; use one of one, two"):
        refuse_unknown("a.yaml:1", {"one": 1, "three": 3}, {"two", "one"})
