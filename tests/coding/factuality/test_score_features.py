"""The features from which the factuality score of a predicate is learned."""

from __future__ import annotations

import pytest

from dragoman.coding.factuality.projection import read
from dragoman.coding.factuality.score_features import features_of

pytestmark = pytest.mark.pipeline

# The predicate in brackets, features it has.
FEATURES = [
    ("Gondor [attacked] Rohan.", {"out=3", "sign=1", "strength=3", "tense=past", "kind=top", "tag=VBD"}),
    ("Gondor did not [attack] Rohan.", {"out=-3", "sign=-1", "neg=not", "aux=did", "first=negation"}),
    ("If Gondor [invades] Rohan, Dale will help.", {"conditional", "out=0", "mark=if"}),
    ("They [attacked] Rohan.", {"subject=they", "subject tag=PRP"}),
    ("Gondor may [attack] Rohan.", {"aux=may", "reason=modal may", "out=1"}),
    ("Gondor failed to [attack] Rohan.", {"kind=to", "host=3", "out=-3", "governor tag=VBD"}),
    ("[War] came to Rohan.", {"bare noun", "kind=subject", "dep=nsubj"}),
]


@pytest.mark.parametrize(("text", "names"), FEATURES)
def test_the_features_of_a_reading(reading, coder, text, names):
    token = reading(text).word
    assert names <= features_of(read(token, coder.modality), token)
