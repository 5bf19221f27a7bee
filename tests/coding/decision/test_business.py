"""What firms agree on with each other is no act of states."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def full() -> Coder:
    """The coder with the encoder, as users have it."""
    return Coder()


BUSINESS = [
    "IndiGo agreed to buy 60 aircraft from Airbus.",
    "Nissan promised to invest two billion dollars in a plant run by Renault.",
    "Emirates signed a deal with Rolls-Royce for engines.",
    "Toyota agreed to supply batteries to Ford.",
    "Deutsche Bank pledged to hire 500 engineers from India.",
    "British Airways offered to buy its Spanish rival Iberia.",
    "Samsung agreed to share patents with Nokia.",
    "Petrobras signed an agreement with Shell to explore a field off Namibia.",
    "Chinese carmaker BYD promised to open a factory in Brazil.",
    "Foxconn and Tata agreed to build phones in India.",
    "Swiss drugmaker Roche agreed to acquire a Danish rival.",
    "German software company SAP criticised its American rival Oracle.",
]


@pytest.mark.parametrize("text", BUSINESS)
def test_business_of_firms_is_no_event(full, text):
    assert full.code(text, published_on="2025-03-12").events == ()


# Where a state takes part, or a firm does what is no business.
PUBLIC = [
    ("The Polish government agreed to buy 60 helicopters from Boeing.", "AGREE", "POL"),
    ("The Swedish finance ministry agreed to lend Volvo five hundred million euros.", "AGREE", "SWE"),
    ("Airbus agreed to sell 40 aircraft to the Saudi government.", "AGREE", "EUR"),
    ("Hyundai urged the United States to drop the tariffs.", "REQUEST", "KOR"),
    ("The bank accused the Nigerian government of freezing its accounts.", "ACCUSE", "NGA"),
    ("The Emirates signed a deal with Italy.", "SUPPORT", "ARE"),
]


@pytest.mark.parametrize(("text", "event_type", "country"), PUBLIC)
def test_what_concerns_a_state_stays(full, text, event_type, country):
    events = full.code(text, published_on="2025-03-12").events
    assert [(e.event_type, e.actors[0].country) for e in events] == [(event_type, country)]
