"""What a bare number counts."""

from __future__ import annotations

import pytest

from dragoman.coding.amounts.counted_nouns import counted_noun

pytestmark = pytest.mark.pipeline

# The number in brackets; what it counts, and the words up to the end of it.
COUNTED = [
    ("Arnor sent [500] troops.", "troops", "500 troops"),
    ("Arnor sent [500] Gondorian soldiers.", "troops", "500 Gondorian soldiers"),
    ("Mordor killed [12].", "people", "12"),
    ("[Twelve] were killed.", "people", "Twelve"),
    ("Gondor holds [20] prisoners of war.", "prisoners", None),
    ("Gondor freed [3] hostages.", "hostages", "3 hostages"),
    ("Arnor expelled [35] diplomats.", "diplomats", "35 diplomats"),
    ("Arnor sent [31] Leopard 2 tanks.", "tanks", "31 Leopard 2 tanks"),
    ("Arnor sent 31 Leopard [2] tanks.", None, None),
    ("Some [20] Palestinians were held.", "people", "20 Palestinians"),
    ("The [two] countries met.", None, None),
    ("They met for [three] days.", None, None),
    ("They met in [2014] and left.", None, None),
    ("Arnor has [two] ideas.", None, None),
]


@pytest.mark.parametrize(("text", "of", "words"), COUNTED)
def test_what_a_number_counts(reading, text, of, words):
    found = reading(text)
    token = found.word
    noun = counted_noun(found.annotated.doc, token.idx, token.idx + len(token.text))
    assert (noun and noun.of) == of
    if noun is not None and words is not None:
        assert found.annotated.text_of(token.idx, noun.end) == words
