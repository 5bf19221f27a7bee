"""Fixed phrases of several words in a sentence, matched by lemma or form."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Span, Token


def find_phrases(sentence: Span, phrases: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of some phrases stands, the longest at each place.

    Args:
        sentence: The words to look through.
        phrases: Lower-case phrases, their words divided by blanks.

    Yields:
        The first token of each and the one behind it, as indices of the document.
    """
    index = _by_first_word(phrases)
    for token in sentence:
        for words in (*index.get(token.lower_, ()), *index.get(token.lemma_.lower(), ())):
            end = token.i + len(words)
            if end <= sentence.end and all(
                is_form_of(token.doc[token.i + place], word) for place, word in enumerate(words)
            ):
                yield token.i, end
                break


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
