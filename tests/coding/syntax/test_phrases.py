"""Fixed phrases in a sentence, by lemma or form."""

from __future__ import annotations

import pytest

from dragoman.coding.syntax.phrases import find_phrases, is_form_of

pytestmark = pytest.mark.pipeline

PHRASES = frozenset({"stop short", "stop short of war", "no"})

FOUND = [
    ("Gondor stopped short on Monday.", ["stopped short"]),
    ("Gondor stopped short of war on Monday.", ["stopped short of war"]),
    ("Gondor stopped just short on Monday.", ["stopped just short"]),
    ("Gondor stopped very suddenly short.", []),
    ("Gondor stopped the short man.", []),
    ("Gondor stopped.", []),
    ("No envoy stopped short.", ["No", "stopped short"]),
]


@pytest.mark.parametrize(("text", "phrases"), FOUND)
def test_phrases_of_a_sentence(reading, text, phrases):
    doc = reading(text).annotated.doc
    sentence = next(doc.sents)
    assert [doc[start:end].text for start, end in find_phrases(sentence, PHRASES)] == phrases


def test_a_phrase_ends_with_its_sentence(reading):
    doc = reading("Gondor stopped. Short men left.").annotated.doc
    assert list(find_phrases(next(doc.sents), PHRASES)) == []


def test_forms_of_a_word(reading):
    token = reading("Gondor [Stopped] it.").word
    assert is_form_of(token, "stop")
    assert is_form_of(token, "stopped")
    assert not is_form_of(token, "stops")
