"""Questions: what opens them, behind *Q:* and quotation marks."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.gate.fiction import _first_word

pytestmark = pytest.mark.pipeline


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Did Gondor attack Dale?", "Did"),
        ('"Did Gondor attack Dale?"', "Did"),
        ("Q: Did Gondor attack Dale?", "Did"),
        ("Q. Did Gondor attack Dale?", "Did"),
        ("Question - did Gondor attack Dale?", "did"),
        ("Question time began in Dale.", "Question"),
        ("1918?", None),
    ],
)
def test_the_word_that_opens_a_sentence(reading, text, word):
    # All of the text: the parse may cut behind "Q.".
    found = _first_word(reading(text).annotated.doc[:])
    assert (found.text if found is not None else None) == word
