"""Names that only say whom somebody else is near to."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.parties.ties import tied_noun

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def full() -> Coder:
    """The coder with the encoder, as users have it."""
    return Coder()


# The name in brackets; the noun whose tie it tells of.
TIED = [
    ("Rohan sanctioned a shipping company linked to [Mordor].", "company"),
    ("Rohan detained a trader close to the [king] of Mordor.", "trader"),
    ("Rohan fined a bank with ties to the [Mordor] palace.", "bank"),
    ("Rohan expelled a scholar with close connections to [Mordor].", "scholar"),
    ("Rohan raided the offices of a firm tied to the government of [Mordor].", "firm"),
    ("Rohan deported a pastor suspected of links to [Mordor].", "pastor"),
    ("Rohan jailed a man who had ties to [Mordor] for nine years.", "man"),
    ("Rohan charged a lawyer believed to be close to [Mordor].", "lawyer"),
    ("Rohan sanctioned a firm over its ties to [Mordor].", "firm"),
    ("Rohan sanctioned a trader accused of having ties to [Mordor].", "trader"),
    ("Rohan sanctioned a dealer linked to Harad and [Mordor].", "dealer"),
]


@pytest.mark.parametrize(("text", "noun"), TIED)
def test_the_noun_whose_tie_it_is(reading, text, noun):
    found = tied_noun(reading(text).word)
    assert found is not None
    assert found.text == noun


# A name that stands for somebody himself.
FREE = [
    "Rohan strengthened its ties with [Mordor].",
    "Rohan cut its links to [Mordor].",
    "Rohan sanctioned a company in [Mordor].",
    "Rohan gave aid to [Mordor].",
    "Rohan met with [Mordor].",
    "Rohan accused a bank of lying to [Mordor].",
    "[Mordor] was linked to the attack.",
    "Rohan closed its border with [Mordor].",
]


@pytest.mark.parametrize("text", FREE)
def test_who_stands_for_himself(reading, text):
    assert tied_noun(reading(text).word) is None


# Text, actors and recipients by country or id; a tie is no recipient.
CODED = [
    ("Canada imposed sanctions on a shipping company linked to Iran's Revolutionary Guards.", "CAN", "IRN"),
    ("Polish police detained a businessman close to the Belarusian government.", "POL", "BLR"),
    ("The Swiss regulator fined a bank with ties to the Saudi royal family.", "CHE", "SAU"),
    ("Australia banned a telecoms firm with links to the Chinese military.", "AUS", "CHN"),
    ("Kenyan police arrested three men linked to the Rwandan intelligence service.", "KEN", "RWA"),
    ("Ukraine seized the yacht of a tycoon close to the Kremlin.", "UKR", "RUS"),
    ("Britain froze the assets of a charity associated with Hamas.", "GBR", "PSE"),
    ("Japan sanctioned two traders affiliated with the Myanmar junta.", "JPN", "MMR"),
    ("Chile deported a pastor suspected of links to the Venezuelan government.", "CHL", "VEN"),
    ("Brazil blocked a website linked to the Kremlin.", "BRA", "RUS"),
]


@pytest.mark.parametrize(("text", "actor", "tie"), CODED)
def test_an_act_is_not_on_whom_its_object_is_near_to(full, text, actor, tie):
    (event,) = full.code(text, published_on="2025-03-12").events
    assert event.event_type == "COERCE"
    assert [ref.country for ref in event.actors] == [actor]
    assert tie not in {ref.country for ref in event.recipients}


# Fighters act for whom they are loyal to; where a firm is from is no tie.
STAYING = [
    ("The army shelled fighters loyal to the former Syrian president.", "SYR"),
    ("Ukraine imposed sanctions on a Chinese firm over its ties to the Russian army.", "CHN"),
]


@pytest.mark.parametrize(("text", "recipient"), STAYING)
def test_who_stays_a_recipient(full, text, recipient):
    events = full.code(text, published_on="2025-03-12").events
    assert [ref.country for event in events for ref in event.recipients] == [recipient]
