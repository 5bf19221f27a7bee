"""The file of contexts: complete, and refused when wrong."""

from __future__ import annotations

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.contexts import load_contexts, split_cue
from dragoman.model.terms import CONTEXTS


def _written(tmp_path, text):
    path = tmp_path / "contexts.yaml"
    whole = {
        name: f"{name}:\n  definition: about {name}\n  strong: [{name}]\n  words: []\n" for name in CONTEXTS
    }
    whole["military"] = text
    path.write_text("".join(whole.values()), encoding="utf-8")
    return path


def test_the_packages_own_file_defines_every_context():
    lexicon = load_contexts()
    assert set(lexicon.definitions) == set(CONTEXTS)
    shown = {cue.context for cues in lexicon.cues.values() for cue in cues if cue.context}
    assert shown == set(CONTEXTS)


WRONG = [
    ("", "the context 'military' is missing"),
    ("military:\n  definition: x\n  strong: [war, war]\n", "'war' is given twice"),
    ("military:\n  definition: x\n  strong: [war]\n  words: [war]\n", "both strong and not"),
    ("military:\n  definition: x\n  strong: [war]\n  cues: [tank]\n", "unknown key 'cues'"),
    ("military:\n  strong: [war]\n", "no definition"),
    ("military:\n  definition: x\n  strong: war\n", "not a list of phrases"),
    ("military:\n  definition: x\n  words: [war]\n", "no strong cue"),
    (
        "military:\n  definition: x\n  strong: [war]\nsports:\n  definition: y\n  strong: [ball]\n",
        "unknown key 'sports'",
    ),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_file_is_refused(tmp_path, text, message):
    with pytest.raises(KnowledgeError, match=message):
        load_contexts(_written(tmp_path, text))


def test_cues_are_split_as_the_tokeniser_splits_text():
    assert split_cue("women's rights") == ["women", "'s", "rights"]
    assert split_cue("cease-fire line") == ["cease", "-", "fire", "line"]
