"""The coder's own settings: how words are read, and from which probability on events are kept."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.knowledge.loading import data_folder

pytestmark = pytest.mark.pipeline
ARDA = data_folder() / "actors_invented"
TEXT = (
    "Arnor accused Gondor of spying. A Gondorian farmer criticized a Gondorian miller. "
    "Arnor may attack Gondor if it rains."
)


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_what_is_no_probability_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="min_confidence"):
        Coder(min_confidence=value, reading="rules")


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(UsageError, match="rules"):
        Coder(reading="tea leaves")  # type: ignore[arg-type]


def test_rules_alone_keep_events_from_the_confidence_on(coder: Coder) -> None:
    events = coder.code(TEXT).events
    chances = sorted({event.confidence for event in events})
    assert len(chances) > 1
    for least in (0.0, chances[-1], 1.0):
        kept = Coder(actors=[ARDA], reading="rules", min_confidence=least).code(TEXT).events
        assert kept == tuple(event for event in events if event.confidence >= least)


def test_rules_alone_decide_nothing(coder: Coder) -> None:
    with pytest.raises(UsageError, match="rules"):
        coder.proposals_of(coder.annotate_text(TEXT))
    assert {event.carried_by for event in coder.code(TEXT).events} == {"rule"}
