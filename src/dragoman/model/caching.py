"""Answers about words kept in memory: bounded in their number, and in the length of what is kept."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
# Longer ones are no words, names or lines of an article, and come once.
LONGEST_KEPT = 400


def kept_for_words(most: int, answer: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a function that remembers its last answers, as many as `most`.

    Args:
        most: How many answers are kept.
        answer: A function whose first argument is a text; for long ones nothing is kept.
    """
    kept = functools.lru_cache(maxsize=most)(answer)

    @functools.wraps(answer)
    def ask(text: str, *more: object) -> Answer:
        return kept(text, *more) if len(text) <= LONGEST_KEPT else answer(text, *more)

    return ask
