"""Words of background: what a faulty file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.telling_words import load_telling_words

FILE = data_folder() / "lexicon" / "en" / "telling.yaml"


def test_the_lists_of_the_package():
    words = load_telling_words()
    assert "war" in words.wars
    assert words.ordinals["second"] == 2


@pytest.mark.parametrize(
    ("more", "fault"),
    [("unheard_of: [x]\n", "unknown key 'unheard_of'"), ("wars: [x]\n", "given twice")],
)
def test_a_key_too_many_is_refused(tmp_path: Path, more, fault):
    path = tmp_path / "telling.yaml"
    path.write_text(FILE.read_text("utf-8") + "\n" + more, "utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        load_telling_words(path)


@pytest.mark.parametrize(
    ("text", "fault"), [("- a\n", "not a mapping"), ("wars: [x]\n", "is missing; add it")]
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text, fault):
    path = tmp_path / "telling.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        load_telling_words(path)
