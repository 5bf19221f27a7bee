"""The quick word classes give what the model's own component gives."""

from __future__ import annotations

import pytest

from dragoman.knowledge.loading import data_folder
from dragoman.language.pipeline import load_pipeline
from dragoman.language.word_classes import WordClasses

pytestmark = pytest.mark.pipeline

TRICKY = [
    "There is no agreement, and there's no truce. It ain't over.",
    "They're gonna leave, we've gotta stay; let's go. Y'all come. C'mon!",
    "He said that the 27 states, which had been warned, don't want \t it.\n\n“Doin' nothin',” I'd say.",
    "Had it been so, you would have done it yourself; all of those who did, did well.",
    "...  $3,000 -- (a) #5 & co. http://x.org :-)",
    "",
    "\n",
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    reports = [path.read_text(encoding="utf-8") for path in sorted((data_folder() / "reports").glob("*.txt"))]
    assert reports
    return [*TRICKY, *reports]


def test_the_same_word_by_word(texts: list[str]) -> None:
    nlp = load_pipeline()
    ruler = nlp.get_pipe("attribute_ruler")
    quick = WordClasses(nlp, ruler)
    for text in [*texts, *texts]:
        doc = nlp.make_doc(text)
        for name in ("tok2vec", "tagger", "parser"):
            doc = nlp.get_pipe(name)(doc)
        mine, theirs = quick(doc.copy()), ruler(doc)
        lemmatizer = nlp.get_pipe("lemmatizer")
        for ours, own in zip(lemmatizer(mine), lemmatizer(theirs), strict=True):
            assert (ours.pos_, ours.lemma_, str(ours.morph), ours.tag_, ours.dep_) == (
                own.pos_, own.lemma_, str(own.morph), own.tag_, own.dep_,
            ), (text, ours.text)  # fmt: skip
