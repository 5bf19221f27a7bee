"""What is asked again and again of a word is worked out once for each document.

Answers lie with the parsed document; `forget` lets them go when it has been coded, since words and document
would otherwise hold each other.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc, Token

Found = TypeVar("Found")


def remembered(function: Callable[[Token], Iterable[Found]]) -> Callable[[Token], list[Found]]:
    """Make a question about a word answer from memory the second time; the answer is the asker's own list."""
    name = function.__qualname__

    @functools.wraps(function)
    def ask(token: Token) -> list[Found]:
        answers: dict[Any, Any] = token.doc.user_data
        key = (name, token.i)
        if key not in answers:
            answers[key] = list(function(token))
        found: list[Found] = answers[key].copy()
        return found

    return ask


def forget(doc: Doc) -> None:
    """Let the answers about a document go."""
    doc.user_data.clear()
