"""What somebody is kept from doing is not done; what stands beside it is told all the same."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.gate.kept_from import _hangs_on

pytestmark = pytest.mark.pipeline

# A word in brackets, what is governed in angle brackets: does the word belong to it?
BELONGING = [
    ("Rohan kept Gondor from <attacking> [Dale].", True),
    ("Rohan kept Gondor from <attacking> the [town] of Bree.", True),
    ("Rohan kept Gondor from <attacking> Dale after a [raid].", False),
    ("Rohan kept [Gondor] from <attacking> Dale.", False),
    ("Rohan kept Gondor from <attacking> those who [burned] Dale.", False),
]


@pytest.mark.parametrize(("text", "belongs"), BELONGING)
def test_what_belongs_to_the_deed_that_was_not_done(reading, text, belongs):
    found = reading(text)
    assert _hangs_on(found.word, found.expected[0]) is belongs
