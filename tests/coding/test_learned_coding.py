"""The coder with its learned models: what it adds to the rules, and what stays barred."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.knowledge.loading import data_folder

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def learned() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"])


# Text, type, a country among the actors or None, a country among the recipients or None.
FOUND = [
    ("Police arrest two opposition leaders in Khartoum, Sudan.", "COERCE", "SDN", None),
    ("Israel deports twelve French activists to Jordan.", "COERCE", "ISR", None),
    ("Ukraine says that a Russian drone strike killed nine people in Kharkiv.", "ASSAULT", "RUS", None),
    ("Thousands of people demonstrate in Nairobi, Kenya, against the government.", "PROTEST", "KEN", None),
    ("Japan and South Korea hold talks on fisheries in Seoul.", "CONSULT", "JPN", None),
]


@pytest.mark.parametrize(("text", "event_type", "actor", "recipient"), FOUND)
def test_what_reports_say_is_found(
    learned: Coder, text: str, event_type: str, actor: str | None, recipient: str | None
) -> None:
    events = [e for e in learned.code(text, published_on="2025-03-04").events if e.event_type == event_type]
    assert events, learned.code(text).events
    assert actor is None or any(ref.country == actor for e in events for ref in e.actors)
    assert recipient is None or any(ref.country == recipient for e in events for ref in e.recipients)


@pytest.mark.parametrize(
    "text",
    [
        "At least nine people are killed in a bus accident near Lahore, Pakistan.",
        "A landslide kills four people in Nepal.",
        "The Brazilian striker was banned for two matches after the league final.",
        "Did Iran attack Israel?",
        "It would have rained in Norway.",
    ],
)
def test_what_is_no_event(learned: Coder, text: str) -> None:
    assert learned.code(text, published_on="2025-03-04").events == ()


def test_each_event_says_how_likely_it_is_and_what_found_it(learned: Coder) -> None:
    events = learned.code("Arnor accused Gondor of sheltering rebels.").events
    assert [(e.event_type, e.carried_by) for e in events] == [("ACCUSE", "both")]
    assert 0.6 <= events[0].confidence <= 1.0


def test_a_threshold_of_the_user_replaces_the_default() -> None:
    text = "Police arrest two opposition leaders in Khartoum, Sudan. Officials in Kenya criticized the move."
    everything = Coder(min_confidence=0.0).code(text).events
    assert len(everything) >= len(Coder().code(text).events)
    assert Coder(min_confidence=1.0).code(text).events == ()


def test_proposals_say_why_they_are_dropped(learned: Coder) -> None:
    rows = learned.proposals_of(learned.annotate_text("A landslide kills four people in Nepal."))
    assert rows
    assert all(decision.dropped for decision, _, _ in rows)
    assert any("mishap" in decision.objections for decision, _, _ in rows)


def test_rules_alone_have_no_proposals() -> None:
    coder = Coder(reading="rules")
    with pytest.raises(UsageError, match="rules"):
        coder.proposals_of(coder.annotate_text("Russia attacked Ukraine."))
