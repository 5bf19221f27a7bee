"""Word lists of the lexicon: all are there, none is unknown, and a word is in those that have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import wordlists
from dragoman.knowledge.wordlists import Lexicon, load_word_lists

# A word, its test, a list that has it and one that has it not.
ASKED = [
    ("institutions", wordlists.is_party_word, "embassy", "enemy"),
    ("opponents", wordlists.is_party_word, "enemy", "embassy"),
    ("light_verbs", wordlists.is_act_word, "launch", "attack"),
    ("first_person", wordlists.is_function_word, "we", "they"),
    ("plain", wordlists.is_saying_word, "say", "deny"),
    ("calendar", wordlists.is_place_word, "tonight", "monday"),
    ("telling", wordlists.is_gate_word, "show", "attack"),
]


@pytest.mark.parametrize(("name", "has", "word", "other"), ASKED)
def test_a_word_is_asked_for_in_its_list(name, has, word, other):
    assert has(word, name)
    assert not has(other, name)


def test_several_lists_are_asked_at_once():
    assert wordlists.is_party_word("embassy", "opponents", "institutions")
    assert not wordlists.is_party_word("rain", "opponents", "institutions")
    with pytest.raises(KeyError):
        wordlists.is_party_word("embassy", "institution")


def test_every_lexicon_of_the_package_can_be_read():
    for lexicon in vars(wordlists).values():
        if isinstance(lexicon, Lexicon):
            assert all(lexicon.words().values())


FAULTS = [
    ("- a\n", "not a mapping"),
    ("a: [x]\nc: [y]\n", "unknown key 'c'"),
    ("a: [x]\n", "'b' is missing"),
    ("a: [x]\nb: y\n", "b: not a list"),
    ("a: [x]\nb: []\n", "b: not a list"),
    ("a: [x]\nb: [y, z, y]\n", "'y' is given twice"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_faulty_file_is_refused(tmp_path: Path, text, fault):
    path = tmp_path / "words.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        load_word_lists(path, names=frozenset({"a", "b"}))
