"""Who demands is the author of the demand; who meets or defies it does the act."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.decision.gate.demands import demands_in

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def full() -> Coder:
    """The coder with the encoder, as users have it."""
    return Coder()


# Text; the noun, its authors, and the verb it stands beside.
DEMANDS = [
    ("At the request of Dale, Rohan jailed a trader.", [("request", ["Dale"], "jailed")]),
    ("Rohan left under pressure from Dale and Arnor.", [("pressure", ["Dale", "Arnor"], "left")]),
    ("Rohan ignored Dale's calls to leave.", [("calls", ["Dale"], "ignored")]),
    ("Rohan ignored calls to leave.", []),
    ("Rohan called Dale.", []),
]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_demands_of_a_sentence(coder, text, expected):
    (sentence,) = coder.annotate_text(text).doc.sents
    found = [
        (d.noun.text, [a.text for a in d.authors], d.verb.text if d.verb is not None else None)
        for d in demands_in(sentence)
    ]
    assert found == expected


# Text; the type, trigger, and countries of actors and recipients of one of its events.
CODED = [
    ("Serbia rejected calls by NATO to impose sanctions on Russia.", "rejected", ["SRB"], ["IGO"]),
    ("Hungary resisted calls from Ukraine to close its border.", "resisted", ["HUN"], ["UKR"]),
    ("At the request of Peru, Bolivia arrested a former mayor.", "arrested", ["BOL"], None),
    ("Spain arrested a Moroccan banker at the request of the United States.", "arrested", ["ESP"], ["MAR"]),
    ("Under pressure from Cuba, Panama withdrew from the Chinese project.", "withdrew", ["PAN"], ["CHN"]),
    ("Thailand deported forty Uyghurs despite calls by Canada not to do so.", "calls", ["CAN"], ["THA"]),
    ("France's calls for Algeria to release the novelist were ignored.", "ignored", ["DZA"], ["FRA"]),
    ("South Africa's call on Israel to withdraw was backed by Brazil.", "call", ["ZAF"], ["ISR"]),
    ("South Africa's call on Israel to withdraw was backed by Brazil.", "backed", ["BRA"], ["ZAF"]),
    ("Turkey blocked the website under pressure from Azerbaijan.", "blocked", ["TUR"], []),
    ("Pakistan launched air strikes on militants after calls by China to do so.", "calls", ["CHN"], ["PAK"]),
    ("Indonesia recalled its Myanmar envoy after appeals by Malaysia to do so.", "appeals", ["MYS"], ["IDN"]),
    ("Vietnam freed a priest following an appeal from the Vatican.", "appeal", ["VAT"], ["VNM"]),
    # Help that was asked for is for whoever asked.
    ("Rwanda sent troops to Mozambique at the request of its government.", "sent", ["RWA"], ["MOZ"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), CODED)
def test_the_author_of_a_demand_has_no_part_in_the_act(full, text, trigger, actors, recipients):
    events = [e for e in full.code(text, published_on="2025-03-12").events if e.trigger.text == trigger]
    (event,) = events
    assert [ref.country or ref.id for ref in event.actors] == actors
    if recipients is not None:
        assert [ref.country or ref.id for ref in event.recipients] == recipients
