"""Word lists for cleaning texts and splitting sentences, from lexicon/<language>/text.yaml."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.wordlists import load_word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS = frozenset(
    {
        "titles", "before_numbers", "before_nouns", "may_end", "openers", "said", "line_openers",
        "line_links", "suspending", "prefixes", "function_words", "suffixes", "acronyms", "agencies",
        "dateline_places", "not_datelines", "credits", "block_tags", "inline_tags", "address_endings",
    }
)  # fmt: skip


@functools.cache
def load_text_words(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Return the word lists of text.yaml by name, read once.

    Raises:
        KnowledgeError: A list is missing, unknown or empty, or holds a word twice.
    """
    return load_word_lists(data_folder() / "lexicon" / language / "text.yaml", names=_LISTS)
