"""The words of a document as numbers, to find the few that a repair must examine.

To ask each word in turn for its label costs more than all repairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

_COLUMNS: list[int | str] = ["LOWER", "TAG", "DEP"]


def columns(doc: Doc) -> tuple[list[int], list[int], list[int]]:
    """Return the numbers of lower-case forms, tags and labels of the words of a document."""
    forms, tags, labels = doc.to_array(_COLUMNS).T.tolist() if len(doc) else ([], [], [])
    return forms, tags, labels


def number_of(word: str) -> int:
    """Return the number of a form, a tag or a label."""
    from spacy.strings import get_string_id

    return int(get_string_id(word))


def numbers_of(words: Iterable[str]) -> frozenset[int]:
    """Return the numbers of several forms, tags or labels."""
    return frozenset(number_of(word) for word in words)
