"""How precisely a place is given: itself, by a town, a region, a country."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(reading="rules")


# Text, precision of the place of its event.
PLACED = [
    ("Russia bombed Ukraine in Kharkiv.", "exact"),
    ("Russia bombed Ukraine near Kharkiv.", "town"),
    ("Russia bombed Ukraine on the outskirts of Kharkiv.", "town"),
    ("Russia bombed Ukraine in the Kharkiv region.", "region"),
]


@pytest.mark.parametrize(("text", "precision"), PLACED)
def test_how_precisely_a_place_is_given(coder, text, precision):
    (event,) = [e for e in coder.code(text, published_on="2023-03-01").events if e.event_type == "ASSAULT"]
    assert event.place is not None
    assert event.place.precision == precision
