"""Base forms of words without a parser: a list of irregular verbs, suffix rules for all others."""

from __future__ import annotations

import functools

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml

_VOWELS = frozenset("aeiouy")
# A doubled letter before these endings belongs to the ending: "shipped", "shipping".
_DOUBLED = frozenset("bdgmnprt")


@functools.cache
def base_form(word: str) -> str:
    """Return one form for all forms of a word, not necessarily a word itself: "provid" of "provided"."""
    word = word.lower()
    return _by_ending(_irregular().get(word, word))


def _by_ending(word: str) -> str:
    stem = _without_ending(word)
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
        stem = stem[:-1]
    return stem.rstrip("e") if len(stem) > 3 else stem


def _without_ending(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("ss") and _VOWELS.intersection(stem):
            return stem
    return word


@functools.cache
def _irregular() -> dict[str, str]:
    """Return the base form of each irregular form.

    Raises:
        KnowledgeError: The file is not a mapping of verbs to forms, or a form is given for two verbs.
    """
    path = data_folder() / "lexicon" / "en" / "verb_forms.yaml"
    content, _ = load_yaml(path)
    found: dict[str, str] = {}
    for base, forms in content.items():
        if not isinstance(forms, list) or not forms:
            raise KnowledgeError(where=path.name, message=f"{base}: not a list of forms; write [form, form]")
        for form in forms:
            if form in found:
                raise KnowledgeError(
                    where=path.name, message=f"{form!r} is given for {found[form]} and {base}"
                )
            found[form] = base
    return found
