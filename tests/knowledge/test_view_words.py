"""The words of the views: how they are found in a text, and what is refused in their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.view_words import compile_words, load_view_words

_FILE = data_folder() / "lexicon" / "en" / "views.yaml"


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["back*"], "Arnor backed it", "backed"),
        (["call"], "Arnor recalled it", None),
        (["end to"], "an end  to the war", "end  to"),
        (["n't"], "it doesn't back it", "n't"),
        (["back", "back down"], "to back down", "back down"),
        (["off"], "a write-off", None),
    ],
)
def test_finding(words: list[str], text: str, found: str | None) -> None:
    match = compile_words(words).search(text)
    assert (match and match[0]) == found


def test_a_word_is_in_a_list_as_a_whole() -> None:
    words = load_view_words()
    assert words.is_in("stances_for", "supported")
    assert not words.is_in("stances_for", "supported it")
    assert words.has("negators", "refused to back it")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("attitudes:", "attitude:", "attitude"),
        ("planning: [", "planning: []\nplanning2: [", "planning"),
        ("refusing: [refus*", "refusing: [[refus*]", "refusing"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "views.yaml"
    path.write_text(_FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        load_view_words(path)
