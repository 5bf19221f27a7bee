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
    ("Uppsala Hospital", "SWE", "MED"),
    ("A professor of history at the University of Lagos", "NGA", "EDU"),
    ("Ecuador's Ombudsman's Office", "ECU", "GOV"),
    ("A team of Bolivian doctors", "BOL", "MED"),
    ("A team of doctors", None, "MED"),
    ("Gunmen", None, "UAF"),
]


@pytest.mark.parametrize(("phrase", "country", "sector"), PHRASES)
def test_the_coder_and_the_resolver_agree(phrase, country, sector):
    book = load_actors()
    document = Document(id="t", text=f"{phrase} said on Monday that it would rain.")
    annotated = next(iter(annotate(load_pipeline(), [document])))
    subject = next(t for t in annotated.doc if t.dep_ == "nsubj" and t.head.lemma_ == "say")
    found = Parties(annotated, actors=book, borders={}, common=frozenset()).resolve(subject)
    assert [(ref.country, ref.sector) for ref in found] == [(country, sector)]
    resolved = book.resolve(phrase)
    assert resolved is not None
    assert (resolved.country, resolved.sector) == (country, sector)
    if resolved.kind != "person":
        assert found[0].id == resolved.id


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


# An office of a state on the 1st of June 2023, and who is found.
OFFICES = [
    ("The French president", "P:emmanuel-macron"),
    ("France's president", "P:emmanuel-macron"),
    ("The president of France", "P:emmanuel-macron"),
    ("The German Foreign Minister", "P:annalena-baerbock"),
    ("A French president", "FRA:GOV"),
    ("The former French president", "FRA:ELI"),
    ("The French deputy president", "FRA:GOV"),
    ("The president of the French court", "FRA:JUD"),
]


@pytest.mark.parametrize(("phrase", "wanted"), OFFICES)
def test_an_office_of_a_state_is_its_holder_on_the_day(phrase, wanted):
    text = f"{phrase} said on Monday that it would rain."
    document = Document(id="t", text=text, published_on=dt.date(2023, 6, 1))
    annotated = next(iter(annotate(load_pipeline(), [document])))
    subject = next(t for t in annotated.doc if t.dep_ == "nsubj" and t.head.lemma_ == "say")
    found = Parties(annotated, actors=load_actors(), borders={}, common=frozenset()).resolve(subject)
    assert [ref.id for ref in found] == [wanted]


def test_an_office_without_a_day_is_nobody_in_particular():
    annotated = next(iter(annotate(load_pipeline(), [Document(id="t", text="The French president left.")])))
    subject = next(t for t in annotated.doc if t.dep_ == "nsubj")
    found = Parties(annotated, actors=load_actors(), borders={}, common=frozenset()).resolve(subject)
    assert [ref.id for ref in found] == ["FRA:GOV"]
