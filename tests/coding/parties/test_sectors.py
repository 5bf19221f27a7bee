"""Sectors of noun phrases: the coder reads them as the resolver does."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.parties.resolver import Parties
from dragoman.knowledge.actors import load_actors
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline

# A phrase that is the subject of "said", its country and sector.
PHRASES = [
    ("The Serbian army", "SRB", "MIL"),
    ("The Serbian Army", "SRB", "MIL"),
    ("Armenian Prime Minister", "ARM", "GOV"),
    ("Kenya's Ministry of Mines", "KEN", "GOV"),
    ("The Canadian ambassador to Japan", "CAN", "GOV"),
    ("The Canadian Ambassador to Japan", "CAN", "GOV"),
    ("A Turkish army accountant", "TUR", "MIL"),
    ("A Polish police chief", "POL", "COP"),
    ("The Polish chief of police", "POL", "COP"),
    ("The leader of the Chadian rebels", "TCD", "REB"),
    ("A retired Indian general", "IND", "ELI"),
    ("A former French lawmaker", "FRA", "ELI"),
    ("Kenyan election - monitors", "KEN", "NGO"),
]


@pytest.mark.parametrize(("phrase", "country", "sector"), PHRASES)
def test_the_coder_and_the_resolver_agree(phrase, country, sector):
    book = load_actors()
    document = Document(id="t", text=f"{phrase} said on Monday that it would rain.")
    annotated = next(iter(annotate(load_pipeline(), [document])))
    subject = next(t for t in annotated.doc if t.dep_ == "nsubj" and t.head.lemma_ == "say")
    found = Parties(annotated, actors=book, borders={}, common=frozenset()).resolve(subject)
    assert [(ref.country, ref.sector) for ref in found] == [(country, sector)]
    assert book.code(phrase) == (country, sector)


@pytest.mark.parametrize(
    ("name", "sector"),
    [("US Senator Marco Rubio", "LEG"), ("Former President Joe Biden", "ELI"), ("Joe Biden", "GOV")],
)
def test_a_title_says_more_than_the_tables(name, sector):
    document = Document(id="t", text=f"{name} said that it would rain.", published_on=dt.date(2023, 6, 1))
    annotated = next(iter(annotate(load_pipeline(), [document])))
    subject = next(t for t in annotated.doc if t.dep_ == "nsubj" and t.head.lemma_ == "say")
    found = Parties(annotated, actors=load_actors(), borders={}, common=frozenset()).resolve(subject)
    assert [ref.sector for ref in found] == [sector]
