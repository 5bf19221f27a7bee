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
_OURS = "dragoman"


def known(function: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """Make a question about a word answer from memory the second time."""
    name = own_key(f"{function.__module__}.{function.__qualname__}")

    @functools.wraps(function)
    def ask(token: Token) -> Found:
        everything: dict[Any, Any] = token.doc.user_data
        answers: dict[int, Found] | None = everything.get(name)
        if answers is None:
            answers = everything[name] = {}
        index = token.i
        if index not in answers:
            answers[index] = function(token)
        return answers[index]

    return ask


def remembered(function: Callable[[Token], Iterable[Found]]) -> Callable[[Token], list[Found]]:
    """The same for several answers, which come as a list of the asker's own."""
    name = own_key(f"{function.__module__}.{function.__qualname__}")

    @functools.wraps(function)
    def ask(token: Token) -> list[Found]:
        everything: dict[Any, Any] = token.doc.user_data
        answers: dict[int, tuple[Found, ...]] | None = everything.get(name)
        if answers is None:
            answers = everything[name] = {}
        index = token.i
        if index not in answers:
            answers[index] = tuple(function(token))
        return list(answers[index])

    return ask


def own_key(*parts: object) -> tuple[object, ...]:
    """Return a key for an answer in the user data of a document, distinct from the keys of users."""
    return (_OURS, *parts)


def forget(doc: Doc) -> None:
    """Delete the answers about a document; data of users and of spaCy's extensions is kept."""
    everything: dict[Any, Any] = doc.user_data
    for key in [key for key in everything if isinstance(key, tuple) and key[0] == _OURS]:
        del everything[key]
