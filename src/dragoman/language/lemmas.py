"""Lemmas by the model's own rules, computed once per word form.

The model caches a lemma only where its rules change the word; names and base forms, three words in four, go
through all rules each time. The result depends only on the word, its class and its morphology, so every
result is cached here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc

# Size at which the cache is cleared, so that memory does not grow with the length of a run.
_MOST = 200_000


class Lemmas:
    """Replaces the model's rule lemmatizer with the same results."""

    def __init__(self, lemmatizer: Lemmatizer, *, most: int = _MOST) -> None:
        self._lemmatizer = lemmatizer
        self._most = most
        self._known: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every word without one."""
        from spacy.attrs import LEMMA, MORPH, ORTH, POS  # type: ignore[import-not-found]

        if len(self._known) > self._most:
            self._known.clear()
            self._lemmatizer.cache.clear()
        known, again = self._known, self._lemmatizer.overwrite
        lemmas: list[int] = []
        for i, (orth, pos, form, lemma) in enumerate(doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()):
            if lemma and not again:
                lemmas.append(lemma)
                continue
            key = (orth, pos, form)
            if key not in known:
                known[key] = int(doc.vocab.strings.add(self._lemmatizer.lemmatize(doc[i])[0]))
            lemmas.append(known[key])
        table: Any = np.array(lemmas, dtype="uint64")
        doc.from_array([LEMMA], table)
        return doc
