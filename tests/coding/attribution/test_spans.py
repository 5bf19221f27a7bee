"""The characters of what is said: neighbouring words joined, edges left out, quotes taken whole."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.spans import (
    quotes_beside,
    runs,
    sentence_of,
    subtree,
    subtree_without,
    with_quotes,
)
from dragoman.language.annotated import span_of

pytestmark = pytest.mark.pipeline


def _words(reading, spans):
    return [reading.annotated.document.text[start:end] for start, end in spans]


def test_neighbouring_words_are_joined(reading):
    found = reading("Arnor left Bree, and Gondor stayed.")
    assert _words(found, runs([0, 1, 2], found.annotated)) == ["Arnor left Bree"]
    assert _words(found, runs([5, 0, 6, 1], found.annotated)) == ["Arnor left", "Gondor stayed"]
    assert _words(found, runs([3], found.annotated)) == []
    assert _words(found, runs([], found.annotated)) == []


def test_words_below_a_word(reading):
    found = reading("Arnor [said] that Bree <fell>.")
    content = found.expected[0]
    assert _words(found, subtree(content, found.word, found.annotated)) == ["that Bree fell"]
    assert _words(found, subtree_without(found.word, content, found.annotated)) == ["Arnor said"]
    assert _words(found, subtree(found.word, content, found.annotated)) == ["Arnor said"]
    assert found.annotated.document.text[slice(*span_of(content))] == "fell"


def test_the_words_of_a_sentence(reading):
    found = reading("It rained. Arnor [left] Bree.")
    assert sentence_of(found.word) == (3, 7)
    assert sentence_of(found.token("rained")) == (0, 3)


# The verb in brackets; the quotes beside it that are long enough to be what is said.
BESIDE = [
    ('"The road to Bree is closed," Arnor [said].', ['"The road to Bree is closed,"']),
    ('Arnor [called] it "a lie".', []),
    ('Arnor [said] "three words here" and left.', []),
    ('It rained. "The road to Bree is closed." Then Arnor [left].', []),
    ('"The road that Arnor [closed] is open," Bard said.', []),
    ("Arnor [said] it rained.", []),
]


@pytest.mark.parametrize(("text", "quotes"), BESIDE)
def test_quotes_beside_a_verb(reading, text, quotes):
    found = reading(text)
    assert _words(found, quotes_beside(found.word, found.annotated)) == quotes


def test_content_that_touches_a_quote_takes_all_of_it(reading):
    found = reading('"The road to Bree is closed," Arnor [said].')
    assert _words(found, with_quotes(((5, 9),), found.word, found.annotated)) == [
        '"The road to Bree is closed,"'
    ]
    assert with_quotes((), found.word, found.annotated) == ((0, 29),)


def test_content_inside_the_quote_of_its_own_verb_is_left_alone(reading):
    found = reading('"Arnor [said] it rained on Monday," Bard told us.')
    assert with_quotes(((12, 21),), found.word, found.annotated) == ((12, 21),)
