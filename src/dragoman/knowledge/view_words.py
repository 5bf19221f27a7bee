"""Words that indicate what a sentence asserts, for the views, from lexicon/<language>/views.yaml."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.wordlists import load_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LISTS = frozenset([
    "negators", "suppositions", "adjuncts", "neutral", "turns", "unsaid_after_refusal", "refusing",
    "stances_for", "stances_against", "attitudes", "place_openers", "joining", "promises", "futures",
    "harms", "broken", "demands", "demand_needs_opener", "demand_openers", "demand_never", "papers",
    "not_papers", "deals_made", "deals_refused", "deals_ended", "deals_wanted", "denying", "dismissing",
    "charges", "denied_goods", "threats", "warnings", "own_consequences", "own_subjects", "harm_done",
    "mediating", "mediating_weak", "peace_words", "not_mediating", "mediation_offered", "mediation_asked",
    "mediation_refused", "mediation_ended", "measures", "not_measures", "imposing", "easing", "lasting",
    "threatening", "calling_for", "opposing", "about", "accusing", "own_groups", "issuing", "expressing",
    "nouns_for", "nouns_against", "planning", "form_of_disputes",
    "pledge_broken", "pledge_nouns",
])  # fmt: skip


class ViewWords:
    """Lists of words and phrases; the file explains the use of each.

    Args:
        lists: The words of each list.
    """

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self._lists = lists
        self._patterns = {name: compile_words(words) for name, words in lists.items()}

    def has(self, name: str, text: str) -> bool:
        """Return True if a text contains a word of a list."""
        return self._patterns[name].search(text) is not None

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a list."""
        return tuple(self._lists[name])

    def is_in(self, name: str, word: str) -> bool:
        """Return True if a word is in a list."""
        return self._patterns[name].fullmatch(word) is not None

    def find(self, name: str, text: str) -> re.Match[str] | None:
        """Return the first match of a word of a list in a text."""
        return self._patterns[name].search(text)

    def finds(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches of words of a list in a text."""
        return self._patterns[name].finditer(text)


def compile_words(words: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that matches any of the words and phrases; a star stands for any ending."""
    ordered = sorted(words, key=len, reverse=True)
    parts = [re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in ordered]
    # "Doesn't" ends in a negation without a space before it.
    bounded = [part if part.startswith(("n'", "n’", "'", "’")) else rf"(?<![\w-]){part}" for part in parts]
    return re.compile(rf"(?:{'|'.join(bounded)})(?!\w)", re.IGNORECASE)


@functools.cache
def load_view_words(path: Path | None = None) -> ViewWords:
    """Load these words; cached.

    Raises:
        KnowledgeError: A list is missing, unknown or empty, or contains something other than words.
    """
    source = path or data_folder() / "lexicon" / "en" / "views.yaml"
    content, _ = load_lists(source, names=LISTS)
    for name, words in content.items():
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise KnowledgeError(
                where=source.name, message=f"{name}: not a list of words; write [word, word]"
            )
    return ViewWords(content)
