"""What a reading says of its word."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.coding.reading.trigger_reading import EVENT_TYPES, ROLES, TYPE_NUMBER
from dragoman.model import terms


def test_types_are_those_of_the_record_in_its_order() -> None:
    # Scores of a trained reader are read by their place.
    assert EVENT_TYPES == terms.EVENT_TYPES
    assert [TYPE_NUMBER[name] for name in EVENT_TYPES] == list(range(1, 17))
    assert ROLES == ("actor", "recipient", "speaker", "place")


READINGS = [
    ({"event_type": "ACCUSE", "chance": 0.9}, 0.9, "ACCUSE"),
    ({"event_type": "ACCUSE", "chance": 0.3, "REJECT": 0.4}, 0.7, "REJECT"),
    ({"event_type": "AID", "chance": 0.1}, 0.1, "AID"),  # no event is likelier, and is no type
    ({"event_type": "AGREE", "chance": 0.2, "ASSAULT": 0.1}, 0.3, "AGREE"),
    ({"event_type": "AGREE", "chance": 0.1, "ASSAULT": 0.2}, 0.3, "ASSAULT"),
]


@pytest.mark.parametrize(("given", "probability", "best"), READINGS)
def test_probability_and_best_type(made, given: dict[str, Any], probability: float, best: str) -> None:
    reading = made.reading(**given)
    assert reading.probability == pytest.approx(probability)
    assert reading.best_type == best
    assert sum(reading.types) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("name", "probability"), [("ACCUSE", 0.5), ("REJECT", 0.2), ("ASSAULT", 0.0), ("DREAM", 0.0)]
)
def test_probability_of_a_type(made, name: str, probability: float) -> None:
    assert made.reading(event_type="ACCUSE", chance=0.5, REJECT=0.2).type_probability(name) == probability
