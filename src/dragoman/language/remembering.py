"""Caching of functions of words for the lifetime of a document.

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
    """Cache the results of a function of a word."""
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
    """The same for functions that return several results; each caller gets its own list."""
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
    """Return a key for cached results in a document's user data, distinct from users' own keys."""
    return (_OURS, *parts)


def forget(doc: Doc) -> None:
    """Delete the cached results of a document; data of users and of spaCy's extensions is kept."""
    everything: dict[Any, Any] = doc.user_data
    for key in [key for key in everything if isinstance(key, tuple) and key[0] == _OURS]:
        del everything[key]
