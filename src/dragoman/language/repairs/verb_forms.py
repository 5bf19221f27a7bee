"""Verbs by their present forms, with their past forms: *strikes* is a form of *strike*, past *struck*.

They come from the lists that the model's lemmatizer carries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_VOWELS = "aeiou"


class VerbForms:
    """Finds the verb of which a word could be a present form."""

    def __init__(self, nlp: Language) -> None:
        self._verbs: frozenset[str] = frozenset()
        self._irregular: dict[str, str] = {}
        lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if _has_lemmas(nlp) else None
        if lookups is None or not lookups.has_table("lemma_index"):
            return
        self._verbs = frozenset(str(word) for word in lookups.get_table("lemma_index").get("verb", ()))
        self._irregular = _past_forms(lookups.get_table("lemma_exc", {}).get("verb", {}))

    def __bool__(self) -> bool:
        return bool(self._verbs)

    def of_singular(self, word: str) -> str | None:
        """Return the verb of a form with -s (*deports*); None if there is none."""
        if not word.endswith("s") or len(word) < 4:
            return None
        stems = [word[:-1]]
        if word.endswith("es"):
            stems.append(word[:-2])
        if word.endswith("ies"):
            stems.append(word[:-3] + "y")
        return next((stem for stem in stems if stem in self._verbs), None)

    def of_plural(self, word: str) -> str | None:
        """Return the verb of a base form (*deport*); None if there is none."""
        return word if word in self._verbs else None

    def past(self, verb: str) -> str:
        """Return the past form of a verb."""
        found = self._irregular.get(verb)
        if found is not None:
            return found
        if verb.endswith("e"):
            return verb + "d"
        if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
            return verb[:-1] + "ied"
        return verb + "ed"


def _has_lemmas(nlp: Language) -> bool:
    return "lemmatizer" in nlp.pipe_names


def _past_forms(exceptions: dict[str, list[str]]) -> dict[str, str]:
    """Choose a past form for each verb in the exceptions, which are listed by irregular form."""
    forms: dict[str, list[str]] = {}
    for form, verbs in exceptions.items():
        for verb in verbs:
            forms.setdefault(verb, []).append(form)
    # If only *hitting* is listed, the past of *hit* is the same. Of *took* and *taken*, the non-participle.
    chosen: dict[str, str] = {}
    for verb, found in forms.items():
        past = [form for form in sorted(found) if not form.endswith(("ing", "s"))]
        plain = [form for form in past if not form.endswith(("n", "ne"))]
        chosen[verb] = next(iter((*plain, *past)), verb)
    return chosen
