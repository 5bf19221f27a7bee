"""Small reports of the kinds that were once read the wrong way round, each beside its plain counterpart."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


# Text; type, countries or ids of actors and recipients of the one event of that type.
CODED = [
    # Money in short form.
    ("Japan gave Nepal £7m.", "AID", ["JPN"], ["NPL"]),
    ("Japan gave Nepal £7m in March.", "AID", ["JPN"], ["NPL"]),
    ("Norway gave Mali $2.5bn.", "AID", ["NOR"], ["MLI"]),
    # "US" that opens a headline in capitals.
    ("US IMPOSES SANCTIONS ON CUBA OVER ARRESTS", "COERCE", ["USA"], ["CUB"]),
    ("FRANCE IMPOSES SANCTIONS ON MALI OVER ARRESTS", "COERCE", ["FRA"], ["MLI"]),
    # Headlines that announce.
    ("Macron to visit Kenya in June", "AGREE", ["FRA"], ["KEN"]),
    ("Modi to visit Egypt in May", "AGREE", ["IND"], ["EGY"]),
    ("Erdogan to visit Greece in June", "AGREE", ["TUR"], ["GRC"]),
    ("Erdogan visited Greece in February.", "CONSULT", ["TUR"], ["GRC"]),
    # A town with the name of a capital.
    ("Turkey bombed a depot in Tripoli, Lebanon.", "ASSAULT", ["TUR"], ["LBN"]),
    ("Turkey bombed a depot in Tripoli.", "ASSAULT", ["TUR"], ["LBY"]),
    # An abbreviation that one body has as a short name.
    ("The PA accused Israel of theft.", "ACCUSE", ["PSE"], ["ISR"]),
    # A prime minister behind a quote.
    ('"Syria attacked our ship near Cyprus," Turkey\'s prime minister said.', "ASSAULT", ["SYR"], ["TUR"]),
    ('"Syria attacked Cyprus," Turkey\'s prime minister said.', "ASSAULT", ["SYR"], ["CYP"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event_type", "actors", "recipients"), CODED)
def test_who_does_what_to_whom(coder, text, event_type, actors, recipients):
    events = coder.code(text, published_on="2023-03-08").events
    found = [
        ([ref.country for ref in e.actors], [ref.country for ref in e.recipients])
        for e in events
        if e.event_type == event_type
    ]
    assert found == [(actors, recipients)]


# Text, the trigger, the place.
PLACED = [
    ("Jordan jailed a diplomat and Egypt arrested two spies in Aswan.", "jailed", None),
    ("Jordan jailed a diplomat and Egypt arrested two spies in Aswan.", "arrested", "Aswan"),
    ("Egypt jailed a Libyan diplomat in Aswan.", "jailed", "Aswan"),
    ("Egypt arrested and jailed a Libyan diplomat in Aswan.", "arrested", "Aswan"),
]


@pytest.mark.parametrize(("text", "trigger", "place"), PLACED)
def test_a_place_of_the_other_clause_is_not_taken(coder, text, trigger, place):
    events = [e for e in coder.code(text, published_on="2023-03-08").events if e.trigger.text == trigger]
    assert {e.place and e.place.text for e in events} <= {place}


@pytest.mark.parametrize(
    "text",
    [
        "African leaders criticized Western Asia's dependence on oil.",
        "Asian ministers condemned Western Europe's trade policy.",
        "Diplomats praised Western Africa's bloc.",
    ],
)
def test_a_region_of_a_continent_is_not_the_west(coder, text):
    everyone = [r for e in coder.code(text).events for r in (*e.actors, *e.recipients)]
    assert "WST" not in {ref.id for ref in everyone}


def test_the_west_is_a_party(coder):
    events = coder.code("Iran condemned Western powers.").events
    assert "WST" in {ref.id for e in events for ref in e.recipients}


def test_a_first_name_is_no_country(coder):
    text = "Chad Miller, the acting interior minister, warned Belize on Tuesday."
    events = coder.code(text, published_on="2023-03-08").events
    assert not {ref.country for e in events for ref in e.actors} & {"TCD", "BLZ"}
