"""Whether something is put at a place, and how."""

from __future__ import annotations

import pytest

from dragoman.coding.places.names import names_in
from dragoman.coding.places.positions import position_of
from dragoman.knowledge.gazetteer import load_gazetteer

pytestmark = pytest.mark.pipeline

# The place in brackets, how it is put there, by which preposition.
POSITIONS = [
    ("Rain fell in [Homs].", "at", "in"),
    ("Rain fell near [Homs].", "at", "near"),
    ("Rain fell in the city of [Homs].", "at", "in"),
    ("Rain fell in the Syrian city of [Homs].", "at", "in"),
    ("The troops withdrew from [Homs].", "from", "from"),
    ("The minister flew to [Paris].", "to", "to"),
    ("The minister visited [Paris].", "visited", None),
    ("The army shelled [Homs].", "visited", None),
    ("Rain fell in Homs and [Hama].", "at", "in"),
    ("[Syria] accused France of spying.", None, None),
    ("The army attacked [France].", None, None),
    ("The offer from [Paris] was late.", None, None),
    ("[Paris] Hilton sang.", None, None),
    ("He was disappointed in [China].", None, None),
]


@pytest.mark.parametrize(("text", "position", "preposition"), POSITIONS)
def test_how_a_name_is_put_in_its_sentence(reading, text, position, preposition):
    found = reading(text)
    doc = found.annotated.doc
    names = names_in(doc, found.annotated.document.text, load_gazetteer())
    named = {index for name in names for index in range(name.first, name.last + 1)}
    name = next(name for name in names if name.first <= found.word.i <= name.last)
    how = position_of(doc, name, named)
    if position is None:
        assert how is None
    else:
        assert (how[0], how[1] if how[1] is None else doc[how[1]].text) == (position, preposition)
