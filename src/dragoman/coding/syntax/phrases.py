"""Matching of fixed multi-word phrases in a sentence by lemma or form."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Span, Token


def find_phrases(sentence: Span, phrases: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the matches of given phrases, the longest at each position.

    Args:
        sentence: The words to search.
        phrases: Lower-case phrases, words separated by spaces.

    Yields:
        The first token of each match and the one after its last, as indices of the document.
    """
    index = _by_first_word(phrases)
    for token in sentence:
        for words in (*index.get(token.lower_, ()), *index.get(token.lemma_.lower(), ())):
            end = _end_of(words, token, sentence.end)
            if end is not None:
                yield token.i, end
                break


def _end_of(words: tuple[str, ...], first: Token, limit: int) -> int | None:
    """Return the end of a phrase, which may contain one adverb: *stopped **just** short*."""
    place, skipped = first.i, False
    for word in words:
        if place < limit and not is_form_of(first.doc[place], word) and first.doc[place].pos_ == "ADV":
            if skipped:
                return None
            place, skipped = place + 1, True
        if place >= limit or not is_form_of(first.doc[place], word):
            return None
        place += 1
    return place


def is_form_of(token: Token, word: str) -> bool:
    """Return True if a token is a lower-case word or a form of it."""
    return token.lower_ == word or token.lemma_.lower() == word


@functools.cache
def _by_first_word(phrases: frozenset[str]) -> Mapping[str, list[tuple[str, ...]]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda text: -len(text.split())):
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append(words)
    return index
