"""The features of a possible attribution: the same words in training and when a report is read."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.features import features_of

pytestmark = pytest.mark.pipeline

# The cue in brackets, features it has, features it has not.
FEATURES = [
    ("Arnor [said] it had closed the border.",
     {"lemma=say", "frame=ccomp", "speaker=PROPN", "speaker-before=True", "class+frame=say+ccomp", "tag=VBD",
      "below=close+ccomp"}, {"modal", "speaker-before=False"}),
    ("Arnor may [say] it has closed the border.", {"modal", "helper=may"}, {"speaker-before=False"}),
    ("Arnor did not [say] that it had closed the border.",
     {"helper=not", "helper=did", "mark=that+ccomp"}, {"modal"}),
    ('"The border is closed for good," [said] Arnor.',
     {"quoted=True+quote", "class+quoted=say+True", "speaker-before=False"}, {"quoted=False+quote"}),
    ("It [rained] on Monday.", {"lemma=rain", "in-quote=False+prep-on"}, {"quoted=True+prep-on"}),
    ("[According] to Arnor, it rained.", {"lemma=accord", "frame=according"}, {"frame=ccomp"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "has", "lacks"), FEATURES)
def test_features_of_a_candidate(reading, text, has, lacks):
    found = reading(text)
    of_cue = [c for c in candidates(found.annotated) if c.cue == found.word]
    sets = [set(features_of(candidate, found.annotated, cue_class="say")) for candidate in of_cue]
    assert any(has <= features and not lacks & features for features in sets), sets


LENGTHS = [
    ("Arnor [said] it rained.", 0),
    ("Arnor [said] that it rained.", 1),
    ("Arnor [said] that the rain had come.", 2),
    ("Arnor [said] that the rain had come to Bree at last in May.", 3),
    ("Arnor [said] that the rain had come to Bree at last in May and that all the wells there were full.", 4),
]


@pytest.mark.parametrize(("text", "bucket"), LENGTHS)
def test_long_contents_share_a_feature(reading, text, bucket):
    found = reading(text)
    candidate = next(c for c in candidates(found.annotated) if c.cue == found.word)
    assert f"length={bucket}" in features_of(candidate, found.annotated, cue_class="say")
