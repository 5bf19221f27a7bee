"""The remembered lemmas are what the model's own component gives."""

from __future__ import annotations

import pytest

from dragoman.knowledge.loading import data_folder
from dragoman.language.lemmas import Lemmas
from dragoman.language.pipeline import load_pipeline

pytestmark = pytest.mark.pipeline

TRICKY = [
    "The Saws saw saws; she left the left, and they found what founds it. Better men did better.",
    "GONDOR STRIKES Rohan's strikers; strikes, struck, striking and stricken.",
    "He ain't, they've, it's his, \t and\n\nAXES axed $3,000 (a) #5 http://x.org :-)",
    "",
    "\n",
]


@pytest.mark.parametrize("most", [0, 200_000])
def test_the_same_word_by_word_however_little_is_remembered(most: int) -> None:
    nlp = load_pipeline()
    theirs = nlp.get_pipe("lemmatizer")
    mine = Lemmas(theirs, most=most)
    reports = [path.read_text(encoding="utf-8") for path in sorted((data_folder() / "reports").glob("*.txt"))]
    assert reports
    for text in [*TRICKY, *reports, *TRICKY]:
        doc = nlp.make_doc(text)
        for name in ("tok2vec", "tagger", "parser", "attribute_ruler"):
            doc = nlp.get_pipe(name)(doc)
        found, wanted = mine(doc.copy()), theirs(doc)
        assert [t.lemma_ for t in found] == [t.lemma_ for t in wanted], text[:60]
        assert found.to_json() == wanted.to_json()


def test_what_was_remembered_is_let_go() -> None:
    nlp = load_pipeline()
    mine = Lemmas(nlp.get_pipe("lemmatizer"), most=3)
    for text in ("Arnor warned Gondor of war.", "Rohan closed roads.", "Dale."):
        doc = nlp.make_doc(text)
        for name in ("tok2vec", "tagger", "parser", "attribute_ruler"):
            doc = nlp.get_pipe(name)(doc)
        mine(doc)
    assert len(mine._known) <= 3 + 6
