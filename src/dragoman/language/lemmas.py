"""Lemmas, as the model's own rules give them, each asked for once.

The model remembers what it made of a word only where its rules changed something; names and base forms,
three words of four, go through all its rules each time. What they make of a word depends on the word, its
class and its form alone, so here every answer is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc

# Words remembered before all are forgotten, so that a run of any length needs the same memory.
_MOST = 200_000


class Lemmas:
    """Stands in for the model's lemmatizer of rules; gives the same, word by word."""

    def __init__(self, lemmatizer: Lemmatizer, *, most: int = _MOST) -> None:
        self._lemmatizer = lemmatizer
        self._most = most
        self._known: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every word that has none yet."""
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
