"""Plain word lists of the lexicon: a YAML file of named lists, checked, as frozen sets."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load_word_lists(path: Path, *, names: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Read a file of word lists, each a YAML list of strings.

    Args:
        path: The file.
        names: The lists it must hold, all of them and no others.

    Raises:
        KnowledgeError: A list is missing, unknown or empty, or holds a word twice.
    """
    content, lines = load_yaml(path)
    if not isinstance(content, dict):
        raise KnowledgeError(where=path.name, message="not a mapping of lists; write `name: [word, word]`")
    refuse_unknown(lines.at(content), content, names)
    missing = sorted(names - set(content))
    if missing:
        raise KnowledgeError(where=path.name, message=f"the list {missing[0]!r} is missing; add it")
    for name, words in content.items():
        if not isinstance(words, list) or not words:
            raise KnowledgeError(where=path.name, message=f"{name}: not a list of words; write [word, word]")
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled:
            raise KnowledgeError(
                where=lines.at(words), message=f"{name}: {doubled[0]!r} is given twice; keep one"
            )
    return {name: frozenset(words) for name, words in content.items()}


_PLACE_LISTS = frozenset(
    {
        "at", "from", "to", "visits", "strikes", "kinds_of_place", "directions", "before_names", "calendar",
        "spoken_acts", "not_done_there", "moves_from",
        "moves_to", "leavings", "occasions", "articles", "attitudes", "town_kinds", "region_kinds",
        "small_regions", "beside_towns", "strikes_towns",
    }
)  # fmt: skip


@functools.cache
def load_place_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Read the words that put something at a place, once."""
    return load_word_lists(data_folder() / "lexicon" / language / "places.yaml", names=_PLACE_LISTS)


def is_place_word(word: str, *lists: str) -> bool:
    """Tell whether a lower-case word is in one of these lists of place words."""
    words = load_place_words()
    return any(word in words[name] for name in lists)


_PARTY_LISTS = frozenset({"bodies_without_name", "of_several_countries"})


@functools.cache
def load_party_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Read the words for parties, once."""
    return load_word_lists(data_folder() / "lexicon" / language / "parties.yaml", names=_PARTY_LISTS)


def is_party_word(word: str, *lists: str) -> bool:
    """Return True if a lower-case word is in one of these lists of words for parties."""
    words = load_party_words()
    return any(word in words[name] for name in lists)


_SUBJECT_LISTS = frozenset({"mishaps", "violence", "sport"})


@functools.cache
def load_subject_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Read the words that tell mishap from violence, and sport from politics, once."""
    return load_word_lists(data_folder() / "lexicon" / language / "subjects.yaml", names=_SUBJECT_LISTS)


_GRAMMAR_LISTS = frozenset(
    {
        "plural_nouns", "collective_nouns", "deeds", "behind_deeds", "aimed_nouns", "aiming", "outcomes",
        "saying", "offices", "bodies", "beginnings", "times", "answers",
    }
)  # fmt: skip


@functools.cache
def load_grammar_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Read the words that the repairs of a parse go by, once."""
    return load_word_lists(data_folder() / "lexicon" / language / "grammar.yaml", names=_GRAMMAR_LISTS)


_SAYING_LISTS = frozenset(
    {
        "times", "addressing", "splitting", "posting", "platforms", "question_labels", "answer_labels",
        "no_labels", "label_titles", "of_the_state", "leading_up", "leading_verbs", "things_said",
    }
)  # fmt: skip


@functools.cache
def load_saying_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Read the words that tell who says something, once."""
    return load_word_lists(data_folder() / "lexicon" / language / "sayings.yaml", names=_SAYING_LISTS)


def is_saying_word(word: str, *lists: str) -> bool:
    """Return True if a lower-case word is in one of these lists of words for sayings."""
    words = load_saying_words()
    return any(word in words[name] for name in lists)
