"""Amounts: what is found in a text, and which of them an event has."""

from __future__ import annotations

import pytest

from dragoman.coding.amounts.extraction import amounts_of, find_amounts
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()
    return lambda text: next(iter(annotate(nlp, [Document(id="t", text=text)])))


# Text, value, unit, of, approximate, the words.
AMOUNTS = [
    # money
    ("The deal is valued at about $117.5 billion.", 117.5e9, "money", "USD", True, "$117.5 billion"),
    ("Arnor paid US$3m.", 3e6, "money", "USD", False, "US$3m"),
    ("Arnor paid €45m.", 45e6, "money", "EUR", False, "€45m"),
    ("Arnor paid 81 million dollars.", 81e6, "money", "USD", False, "81 million dollars"),
    ("Arnor paid 30m Danish krone.", 30e6, "money", "DKK", False, "30m Danish krone"),
    ("Arnor paid Rs 500 crore.", 5e9, "money", "INR", False, "Rs 500 crore"),
    ("Arnor paid two hundred and fifty euros.", 250, "money", "EUR", False, "two hundred and fifty euros"),
    ("Arnor paid two-hundred-and-fifty euros.", 250, "money", "EUR", False, "two-hundred-and-fifty euros"),
    ("A hundred and twenty dollars were paid.", 120, "money", "USD", False, "A hundred and twenty dollars"),
    ("Arnor paid nine hundred and ninety-nine euros.", 999, "money", "EUR", False,
     "nine hundred and ninety-nine euros"),
    ("Arnor paid six hundred and five thousand euros.", 605e3, "money", "EUR", False,
     "six hundred and five thousand euros"),
    ("Arnor paid 2bn euros.", 2e9, "money", "EUR", False, "2bn euros"),
    ("Arnor paid £1.2bn.", 1.2e9, "money", "GBP", False, "£1.2bn"),
    ("Arnor paid more than ¥300 billion.", 3e11, "money", "JPY", True, "¥300 billion"),
    ("Arnor paid 500 million yuan.", 5e8, "money", "CNY", False, "500 million yuan"),
    ("Arnor paid 3.5 billion rubles.", 3.5e9, "money", "RUB", False, "3.5 billion rubles"),
    ("Arnor paid 1.5 billion Hong Kong dollars.",
     1.5e9, "money", "HKD", False, "1.5 billion Hong Kong dollars"),
    ("Arnor paid USD 5 million.", 5e6, "money", "USD", False, "USD 5 million"),
    ("Arnor paid 5 million USD.", 5e6, "money", "USD", False, "5 million USD"),
    ("Arnor paid 10 trillion won.", 1e13, "money", "KRW", False, "10 trillion won"),
    ("Arnor paid 20,000 Swiss francs.", 20000, "money", "CHF", False, "20,000 Swiss francs"),
    ("Arnor paid A$4.6 billion.", 4.6e9, "money", "AUD", False, "A$4.6 billion"),
    ("Arnor paid half a million euros.", 5e5, "money", "EUR", False, "half a million euros"),
    ("Arnor took a 100 million euro loan.", 1e8, "money", "EUR", False, "100 million euro"),
    ("Arnor paid 40 million Turkish lira.", 4e7, "money", "TRY", False, "40 million Turkish lira"),
    ("Arnor paid 7 million hryvnia.", 7e6, "money", "UAH", False, "7 million hryvnia"),
    ("Arnor paid 500 million pounds.", 5e8, "money", "GBP", False, "500 million pounds"),
    # people
    ("Arnor massed 100,000 troops.", 1e5, "count", "troops", False, "100,000 troops"),
    ("Nearly one million Uighur Muslims are held.",
     1e6, "count", "people", True, "one million Uighur Muslims"),
    ("At least 30 people died.", 30, "count", "people", True, "30 people"),
    ("Arnor killed 12.", 12, "count", "people", False, "12"),
    ("Twelve were killed.", 12, "count", "people", False, "Twelve"),
    ("Some 20 Palestinians were held.", 20, "count", "people", True, "20 Palestinians"),
    ("Half a million refugees fled.", 5e5, "count", "refugees", False, "Half a million refugees"),
    ("Twenty-five thousand civilians fled.",
     25000, "count", "civilians", False, "Twenty-five thousand civilians"),
    ("Arnor expelled 35 Gondorian diplomats.", 35, "count", "diplomats", False, "35 Gondorian diplomats"),
    ("Two soldiers were hurt.", 2, "count", "troops", False, "Two soldiers"),
    ("Around 300 protesters were held.", 300, "count", "protesters", True, "300 protesters"),
    ("Arnor freed three hostages.", 3, "count", "hostages", False, "three hostages"),
    # arms
    ("Arnor sent 31 tanks.", 31, "count", "tanks", False, "31 tanks"),
    ("Arnor fired 50 cruise missiles.", 50, "count", "missiles", False, "50 cruise missiles"),
    ("Arnor fired a dozen rockets.", 12, "count", "rockets", False, "a dozen rockets"),
    ("Arnor sent two aircraft carriers.", 2, "count", "aircraft carriers", False, "two aircraft carriers"),
    ("Arnor shot down four drones.", 4, "count", "drones", False, "four drones"),
    ("Arnor sent 31 Leopard 2 tanks.", 31, "count", "tanks", False, "31 Leopard 2 tanks"),
    # measures
    ("Arnor sent two tons.", 2, "tons", "tons", False, "two tons"),
    ("Arnor sent 50,000 tonnes of wheat.", 50000, "tons", "wheat", False, "50,000 tonnes"),
    ("Exports fell 5.5 percent.", 5.5, "percent", "percent", False, "5.5 percent"),
    ("Exports fell by almost 12%.", 12, "percent", "percent", True, "12%"),
    ("Troops moved 30 km.", 30, "kilometres", "kilometres", False, "30 km"),
    ("A 1,000-kilometre pipeline opened.", 1000, "kilometres", "kilometres", False, "1,000-kilometre"),
    ("Arnor dropped a 500-kg bomb.", 500, "kilograms", "kilograms", False, "500-kg"),
    ("It held 500 pounds of explosives.", 500, "pounds", "pounds", False, "500 pounds"),
    ("Arnor pumps 2 million barrels a day.", 2e6, "barrels", "barrels", False, "2 million barrels a day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit", "of", "approximate", "words"), AMOUNTS)
def test_an_amount(read, text, value, unit, of, approximate, words):
    (found,) = find_amounts(read(text))
    assert found.value == pytest.approx(value)
    assert (found.unit, found.of, found.approximate) == (unit, of, approximate)
    assert found.text == words == text[found.start : found.end]


NO_AMOUNTS = [
    "Dozens of people fled.",
    "Thousands of troops crossed the border.",
    "The two countries met for three days.",
    "They fought in 2014.",
    "They met on 4 February 2022.",
    "Article 5 was invoked.",
    "Arnor flew F-16 jets over the town.",
    "COVID-19 cases rose.",
    "One of them said no.",
    "The G7 met.",
    "He is 45 years old.",
    "Arnor paid 300 pesos.",
]


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_amount(read, text):
    assert find_amounts(read(text)) == []


RANGES = [
    ("Arnor sent between 5,000 and 7,000 troops.", [5000, 7000], "troops"),
    ("Arnor paid $5-10 billion.", [5e9, 10e9], "USD"),
    ("Arnor paid 5 to 10 million dollars.", [5e6, 10e6], "USD"),
]


@pytest.mark.parametrize(("text", "values", "of"), RANGES)
def test_a_range_is_two_rough_amounts(read, text, values, of):
    found = find_amounts(read(text))
    assert [amount.value for amount in found] == values
    assert {(amount.of, amount.approximate) for amount in found} == {(of, True)}


DEAL = "Arnor left to promote a gas deal with Gondor valued at about $5 billion and vowed to send 300 troops."
BOUND = [
    (DEAL, "promote", ["$5 billion"]),
    (DEAL, "deal", ["$5 billion"]),
    (DEAL, "send", ["300 troops"]),
    (DEAL, "left", []),
    (DEAL, "vowed", ["300 troops"]),
    ("Arnor killed 12 soldiers and captured 30 tanks.", "killed", ["12 soldiers"]),
    ("Arnor killed 12 soldiers and captured 30 tanks.", "captured", ["30 tanks"]),
    ("Arnor, which lost 40 ships, paid $2 million.", "paid", ["$2 million"]),
    ("Arnor said it lost 40 ships.", "said", []),
]


@pytest.mark.parametrize(("text", "trigger", "words"), BOUND)
def test_the_amounts_of_an_event(read, text, trigger, words):
    annotated = read(text)
    token = next(t for t in annotated.doc if t.text == trigger)
    assert [amount.text for amount in amounts_of(token, annotated, find_amounts(annotated))] == words
