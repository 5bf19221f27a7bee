"""The words by which a text says that something was not done, is not so, or is meant otherwise."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.wordlists import load_word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS = frozenset(
    {
        "universals", "exceptions", "not_chosen", "none_else", "additions", "not_negating", "keeping_from",
        "refusing", "binding", "false_words", "falsely", "untruths", "doubts", "reports", "disproving",
        "dismissing", "linking", "fictions", "fictional", "loose_fictions", "fiction_phrases", "pretending",
        "telling", "question_openers", "conditions", "not_conditions", "disputing", "fought_for",
        "not_weapons", "imposed",
        "attacking", "spoken_of", "ending_plans", "not_of_arms", "wars", "of_words", "players", "rounds",
        "beating", "undergone", "parts_of_fiction",
    }
)  # fmt: skip


@functools.cache
def load_gate_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Read the words that the gate goes by, once."""
    return load_word_lists(data_folder() / "lexicon" / language / "gate.yaml", names=_LISTS)


def is_gate_word(word: str, *lists: str) -> bool:
    """Return True if a lower-case word is in one of these lists of the gate."""
    words = load_gate_words()
    return any(word in words[name] for name in lists)
