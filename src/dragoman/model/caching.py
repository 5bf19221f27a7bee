"""Caches for functions of words, bounded in the number and the length of the words."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
# Longer texts are not words, names or lines of an article, and rarely recur.
LONGEST_KEPT = 400


def kept_for_words(most: int, answer: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a function with a cache of its most recent results.

    Args:
        most: The maximum number of cached results.
        answer: A function whose first argument is a text; results for long texts are not cached.
    """
    kept = functools.lru_cache(maxsize=most)(answer)

    @functools.wraps(answer)
    def ask(text: str, *more: object) -> Answer:
        return kept(text, *more) if len(text) <= LONGEST_KEPT else answer(text, *more)

    return ask
