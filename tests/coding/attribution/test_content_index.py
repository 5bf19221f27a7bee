"""Which attributions a word is the content of."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.content_index import ContentIndex

pytestmark = pytest.mark.pipeline

# The word in brackets; the speakers around it, innermost first.
AROUND = [
    ("Gondor said Mordor had [attacked] Bree.", ["Gondor"]),
    ("Gondor [said] Mordor had attacked Bree.", []),
    ("[Gondor] said Mordor had attacked Bree.", []),
    ('"Gondor announced that it had [left] the fort," Bard said.', ["Gondor", "Bard"]),
    ('"Gondor [announced] that it had left the fort," Bard said.', ["Bard"]),
    ("Gondor said it rained. Mordor [attacked] Bree.", []),
    ('"It rained," Bard said. "Mordor [attacked] Bree."', ["Bard"]),
    ("Gondor and Rohan said Mordor had [attacked] Bree.", ["Gondor Rohan"]),
    ("Mordor [attacked] Bree, according to Gondor.", ["Gondor"]),
    ("Mordor attacked Bree, according to [Gondor].", []),
]


@pytest.mark.parametrize(("text", "speakers"), AROUND)
def test_the_speakers_around_a_word(reading, text, speakers):
    found = reading(text)
    heads = found.contents.speaker_heads(found.word)
    assert [" ".join(head.text for head in together) for together in heads] == speakers


def test_nobody_speaks_where_nothing_is_attributed(reading):
    found = reading("Gondor said Mordor had [attacked] Bree.")
    assert ContentIndex().covering(found.word) == []
