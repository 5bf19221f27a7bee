"""Whether the sentence shows that somebody says what a word tells."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.backing import saying_of
from dragoman.knowledge.reporting import load_reporting

pytestmark = pytest.mark.pipeline

# The trigger in brackets, who would speak in angle brackets; the word that shows it, None if none does.
BACKED = [
    ("<Arnor> said Mordor had [attacked] Bree.", "said"),
    ("<Arnor> claims to have [taken] Bree.", "claims"),
    ("<Arnor> released a statement saying Mordor had [attacked] Bree.", "released"),
    ("According to <Arnor>, Mordor [attacked] Bree.", "to"),
    ("Mordor [attacked] Bree, according to <Arnor>.", "to"),
    ("Mordor [attacked] Bree, <Arnor> said.", "said"),
    ("<Arnor> closed the road when Mordor [attacked] Bree.", None),
    ("<Arnor> released a horse after Mordor had [attacked] Bree.", None),
    ("Mordor [attacked] <Arnor>.", None),
    ("Mordor said <Arnor> had [attacked] Bree.", None),
    ("<Arnor> said it rained. Mordor [attacked] Bree.", None),
]


@pytest.mark.parametrize(("text", "word"), BACKED)
def test_what_shows_who_speaks(reading, text, word):
    found = reading(text)
    saying = saying_of(found.expected[0], found.word, load_reporting())
    assert (saying.text if saying is not None else None) == word
