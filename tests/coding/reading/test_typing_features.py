"""The features of a pair of spans for the typing model."""

from __future__ import annotations

import pytest

from dragoman.coding.reading.typing_features import pair_features

pytestmark = pytest.mark.pipeline

# The actor in angle brackets, the recipient in square ones; features it has and lacks.
PAIRS = [
    ("<Arnor> attacked [Gondor].", {"w:attack", "between:attack", "path:nsubj/^/dobj"}, {"r-passive"}),
    ("[Gondor] was attacked by <Arnor>.", {"a-passive", "r-passive", "a-verb:attack"}, {"path:nsubj/^/dobj"}),
    ("<Arnor> did not attack [Gondor].", {"a-neg:not", "a-aux:did"}, {"a-passive"}),
    ("<Arnor> gave [Gondor] ten ships.", {"a-obj:give_ship", "top:give"}, {"between:ship"}),
    ("<Arnor> promised to attack [Gondor].", {"a-below:promise_attack", "on-path:attack"}, {"a-passive"}),
    ("<Arnor> left. [Gondor] stayed.", {"path:none", "w:leave", "w:stay"}, {"top:leave"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "has", "lacks"), PAIRS)
def test_the_features_of_a_pair(reading, text, has, lacks):
    found = reading(text)
    actor, recipient = ((t.idx, t.idx + len(t.text)) for t in (found.expected[0], found.word))
    features = set(pair_features(found.annotated.doc, actor, recipient, [("ASSAULT", "both")]))
    assert has | {"rule:both:ASSAULT"} <= features
    assert not lacks & features


def test_what_nearly_held_is_all_that_is_left_without_words(reading):
    doc = reading("<Arnor> attacked [Gondor].").annotated.doc
    assert pair_features(doc, (900, 905), (0, 5), [("AID", "one")]) == ["rule:one:AID"]
