"""The step from a predicate to what it hangs on, and the construction that links them."""

from __future__ import annotations

import pytest

from dragoman.coding.factuality.embedding import clause_kind, find_embedding, predicate_of

pytestmark = pytest.mark.pipeline

# The predicate in brackets, its governor, the kind of link, the word that decides.
LINKS = [
    ("Gondor said that Mordor had [attacked].", "said", "that", "said"),
    ("Gondor failed to [attack].", "failed", "to", "failed"),
    ("Gondor denied the [attack].", "denied", "object", "denied"),
    ("Gondor managed to [attack].", "managed", "to", "managed"),
    ("The [attack] failed.", "failed", "subject", None),
    ("Gondor left if Mordor [attacked].", "left", "adverbial", None),
    ("Gondor left without [paying].", "left", "prep clause", None),
    ("Gondor seized and [burned] a ship.", "seized", "conj", None),
    ("Men who [attacked] the fort fled.", "Men", "relative", None),
]


@pytest.mark.parametrize(("text", "governor", "kind", "word"), LINKS)
def test_the_link_to_the_governor(reading, coder, text, governor, kind, word):
    link = find_embedding(reading(text).word, coder.modality)
    assert link is not None
    assert governor in (None, link.governor.text)
    assert link.kind == kind
    assert (link.word and link.word.text) == word
    assert (link.effect is None) is (word is None)


@pytest.mark.parametrize("text", ["Gondor [attacked] Rohan.", "Arnor [accused] Gondor; Gondor denied it."])
def test_nothing_stands_above_the_top(reading, coder, text):
    assert find_embedding(reading(text).word, coder.modality) is None


SHAPES = [
    ("Gondor said that Mordor [attacked].", "that"),
    ("Gondor wants to [attack].", "to"),
    ("Gondor asked whether Mordor [attacked].", "whether"),
    ("Gondor asked why Mordor [attacked].", "wh"),
    ("Gondor stopped [attacking] Mordor.", "ing"),
    ("Ships [seized] by Gondor returned.", "participle"),
    ("Gondor said Mordor would [attack].", "that"),
]


@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_the_shape_of_a_clause(reading, text, shape):
    assert clause_kind(reading(text).word) == shape


COPULAS = [
    ("Gondor [is] ready.", "ready"),
    ("The plan [was] a threat.", "threat"),
    ("Gondor [attacked] Rohan.", "attacked"),
    ("Gondor [is] unlikely to pay.", "unlikely"),
    ("[War] came.", "War"),
    ("Gondor [remains] calm.", "remains"),
]


@pytest.mark.parametrize(("text", "word"), COPULAS)
def test_what_a_copula_links_to(reading, text, word):
    assert predicate_of(reading(text).word).text == word
