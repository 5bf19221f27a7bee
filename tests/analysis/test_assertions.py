"""What a sentence asserts around the word that carries an event, from events made by hand."""

from __future__ import annotations

import pytest

from dragoman.analysis.assertions import assertion_of, doers, targets, words_to

# A sentence; whether it is passive, negated, supposed, and a participle of another noun.
FORMS = [
    ("Arnor *backed* Gondor.", (False, False, False, False)),
    ("Arnor was *condemned* by Gondor.", (True, False, False, False)),
    ("Arnor was sharply *condemned* by Gondor.", (True, False, False, False)),
    ("Arnor was *back* in Gondor.", (False, False, False, False)),
    ("Arnor did not *back* Gondor.", (False, True, False, False)),
    ("Arnor refused to *back* Gondor.", (False, True, False, False)),
    ("Arnor did not sleep; it *backed* Gondor.", (False, False, False, False)),
    ("Arnor did not sleep, but *backed* Gondor.", (False, False, False, False)),
    ("Arnor might *back* Gondor.", (False, False, True, False)),
    ("The protests *demanding* help of Gondor hit Arnor.", (False, False, False, True)),
    ("Arnor *demanding* help of Gondor.", (False, False, False, False)),
    ("Arnor left, *demanding* help of Gondor.", (False, False, False, False)),
    ("Arnor is openly *demanding* help of Gondor.", (False, False, False, False)),
    ("*Demanding* help of Gondor, Arnor left.", (False, False, False, False)),
]


@pytest.mark.parametrize(("marked", "forms"), FORMS)
def test_forms(told, marked: str, forms: tuple[bool, ...]) -> None:
    at = assertion_of(told(marked, "SUPPORT", to="Gondor").event)
    assert (at.is_passive, at.is_negated, at.is_supposed, at.follows_other_noun) == forms


def test_a_condition_is_supposed_and_a_model_alone_is_not_trusted(told) -> None:
    assert assertion_of(told("Arnor *backed* Gondor.", "SUPPORT", conditional=True).event).is_supposed
    marked = "*Demanding* help of Gondor, Arnor left."
    assert assertion_of(told(marked, "REQUEST", carried_by="model").event).follows_other_noun


def test_the_clause_is_cut_at_the_word(told) -> None:
    at = assertion_of(told("Arnor *backed* {the deal}.", "SUPPORT").event)
    assert (at.before, at.word, at.after) == ("Arnor ", "backed", " the deal.")


# A sentence, the actors and recipients of its event; who does it, and toward whom.
SIDES = [
    ("Arnor *backed* Gondor.", "Arnor", "Gondor", "ARN", "GON"),
    ("Gondor was *condemned* by Arnor.", "Arnor", "Gondor", "ARN", "GON"),
    ("Arnor's *sanctions* on Gondor bite.", "Arnor", "Gondor", "ARN", "GON"),
    ("The *call* by Arnor was heard across all of Gondor.", "Arnor", "Gondor", "ARN", "GON"),
    ("A *request* from Arnor was read out to all of Gondor.", "Arnor", "Gondor", "ARN", "GON"),
    ("It *withdrew* from Arnor to Gondor.", "Arnor", "Gondor", "ARN", "GON"),
    ("Arnor and Rohan *backed* Gondor.", "Arnor Rohan", "Gondor", "ARN ROH", "GON"),
    ("Arnor slept; Rohan *backed* Gondor.", "Arnor Rohan", "Gondor", "ROH", "GON"),
    ("People *rallied* in Arnor.", "Arnor", "", "", ""),
    ("Arnor *backed* talks despite Gondor.", "Arnor", "Gondor", "ARN", ""),
    ("Arnor *backed* Gondor's Rohan.", "Arnor", "Gondor Rohan", "ARN", "ROH"),
    ("Arnor *backed* Gondor's friends.", "Arnor", "Gondor", "ARN", "GON"),
]


@pytest.mark.parametrize(("marked", "by", "to", "acting", "meant"), SIDES)
def test_sides(told, marked: str, by: str, to: str, acting: str, meant: str) -> None:
    event = told(marked, "SUPPORT", by=by, to=to).event
    assert " ".join(ref.id for ref in doers(event)) == acting
    assert " ".join(ref.id for ref in targets(event)) == meant


def test_words_between_the_event_and_a_party(told) -> None:
    event = told("Arnor *backed* the plan of Gondor.", "SUPPORT", to="Gondor").event
    assert words_to(event.recipients[0], event) == " the plan of "
    assert words_to(event.actors[0], event) == ""
