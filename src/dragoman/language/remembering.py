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


def known(function: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """Make a question about a word answer from memory the second time."""
    name = function.__qualname__

    @functools.wraps(function)
    def ask(token: Token) -> Found:
        answers: dict[Any, Any] = token.doc.user_data
        key = (name, token.i)
        if key not in answers:
            answers[key] = function(token)
        found: Found = answers[key]
        return found

    return ask


def remembered(function: Callable[[Token], Iterable[Found]]) -> Callable[[Token], list[Found]]:
    """The same for several answers, which come as a list of the asker's own."""

    @known
    @functools.wraps(function)
    def answers(token: Token) -> tuple[Found, ...]:
        return tuple(function(token))

    @functools.wraps(function)
    def ask(token: Token) -> list[Found]:
        return list(answers(token))

    return ask


def forget(doc: Doc) -> None:
    """Let the answers about a document go."""
    doc.user_data.clear()
