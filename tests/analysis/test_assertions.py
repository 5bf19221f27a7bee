"""What a sentence asserts around the word that carries an event, from events made by hand."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.assertions import (
    any_in,
    assertion_of,
    count,
    doers,
    first,
    has,
    is_in,
    targets,
    words_to,
)
from dragoman.model.records import Span

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


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "forms"), FORMS)
def test_forms(told, offset: int, marked: str, forms: tuple[bool, ...]) -> None:
    at = assertion_of(told(marked, "SUPPORT", to="Gondor", offset=offset).event)
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


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "by", "to", "acting", "meant"), SIDES)
def test_sides(told, offset: int, marked: str, by: str, to: str, acting: str, meant: str) -> None:
    event = told(marked, "SUPPORT", by=by, to=to, offset=offset).event
    assert " ".join(ref.id for ref in doers(event)) == acting
    assert " ".join(ref.id for ref in targets(event)) == meant


def test_words_between_the_event_and_a_party(told) -> None:
    event = told("Arnor *backed* the plan of Gondor.", "SUPPORT", to="Gondor").event
    assert words_to(event.recipients[0], event) == " the plan of "
    assert words_to(event.actors[0], event) == ""


# A sentence; whether its verb is passive: after a form of "be" or "get", with a regular or irregular ending.
PASSIVES = [
    ("Arnor was *taken* by Gondor.", True), ("Arnor is *shown* Gondor.", True),
    ("Arnor got *hit* by Gondor.", True), ("Arnor gets *CONDEMNED* by Gondor.", True),
    ("Arnor has been *met* by Gondor.", True), ("Arnor had *backed* Gondor.", False),
    ("Arnor was *back* in Gondor.", False), ("Arnor was far from *condemned* in Gondor.", False),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "passive"), PASSIVES)
def test_passive_forms(told, marked: str, passive: bool) -> None:
    assert assertion_of(told(marked, "SUPPORT").event).is_passive is passive


def test_a_negation_counts_only_nearby(told) -> None:
    near, far = f"Arnor never {'x' * 32} *backed* it.", f"Arnor never {'x' * 39} *backed* it."
    assert assertion_of(told(near, "SUPPORT").event).is_negated
    assert not assertion_of(told(far, "SUPPORT").event).is_negated


# A sentence; whether its participle modifies another noun than a party.
PARTICIPLES = [
    ("The rallies *DEMANDING* help hit Arnor.", True),
    ("The rallies *demand* help of Arnor.", False),
    ('" *Demanding* help of Arnor.', False),
    ("Arnor left -*demanding* help.", False),
    ("Arnor left — *demanding* help.", False),
    ("Arnor and *demanding* help.", False),
    ("Arnor and the rallies, *demanding* help.", False),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "follows"), PARTICIPLES)
def test_participles_of_other_nouns(told, offset: int, marked: str, follows: bool) -> None:
    assert assertion_of(told(marked, "REQUEST", offset=offset).event).follows_other_noun is follows


# The span of an actor; whether it contains the word before the participle, at 4 to 11.
@pytest.mark.parametrize(
    ("start", "end", "follows"), [(4, 11, False), (0, 5, False), (5, 11, True), (0, 4, True), (11, 15, True)]
)
def test_a_participle_of_an_actor_in_small_letters(told, start: int, end: int, follows: bool) -> None:
    event = told("The workers *demanding* help left.", "REQUEST", by="").event
    actor = msgspec.structs.replace(told("Arnor *left*.", "RETREAT").event.actors[0], start=start, end=end)
    event = msgspec.structs.replace(event, actors=(actor,))
    assert assertion_of(event).follows_other_noun is follows


# The start of the evidence, that of the trigger; the words before and after the trigger.
@pytest.mark.parametrize(
    ("evidence", "trigger", "before", "after"),
    [(0, 6, "Arnor ", " Gondor."), (6, 6, "", " Gondor."), (7, 6, "", "Arnor backed Gondor.")],
)
def test_a_trigger_outside_the_evidence(told, evidence: int, trigger: int, before: str, after: str) -> None:
    event = told("Arnor *backed* Gondor.", "SUPPORT").event
    text = event.evidence.text if evidence != 6 else "backed Gondor."
    event = msgspec.structs.replace(
        event, evidence=Span(evidence, 20, text), trigger=Span(trigger, 12, "backed")
    )
    at = assertion_of(event)
    assert (at.before, at.word, at.after) == (before, "backed", after)


def test_a_trigger_at_the_end_of_the_evidence(told) -> None:
    event = told("Arnor *backed* Gondor.", "SUPPORT").event
    last = assertion_of(msgspec.structs.replace(event, trigger=Span(20, 20, "")))
    behind = assertion_of(msgspec.structs.replace(event, trigger=Span(21, 21, "")))
    assert (last.before, last.after) == ("Arnor backed Gondor.", "")
    assert (behind.before, behind.after) == ("", "Arnor backed Gondor.")


# Where the issue begins, with evidence up to 20; whether its words are added to those after the trigger.
@pytest.mark.parametrize(("start", "is_added"), [(19, False), (20, True), (30, True)])
def test_an_issue_behind_the_evidence(told, start: int, is_added: bool) -> None:
    event = told("Arnor *backed* Gondor.", "SUPPORT").event
    at = assertion_of(msgspec.structs.replace(event, issue=Span(start, start + 5, "grain")))
    assert at.after == (" Gondor. grain" if is_added else " Gondor.")


# More sides: the owner of an act named by a noun, places, adjuncts, speakers.
MORE_SIDES = [
    ("Arnor's new trade *sanctions* on Gondor bite.", "Arnor", "Gondor", "ARN", "GON"),
    ("Arnor's very new trade tough *sanctions* on Gondor bite.", "Gondor", "Arnor", "", "ARN"),
    ("Arnor *sanctions* on Gondor bite.", "Arnor", "Gondor", "ARN", "GON"),
    ("The *sanctions* imposed by the kingdom of Arnor hit Gondor.", "Arnor", "Gondor", "ARN", "GON"),
    ("The *sanctions* by towns with Arnor bite.", "", "Arnor", "", "ARN"),
    ("A *request* from Arnor came.", "", "Arnor", "ARN", ""),
    ("It *withdrew* from Arnor.", "", "Arnor", "", "ARN"),
    ("Talks between Arnor and Gondor *failed*.", "Arnor Gondor", "", "", ""),
    ("Among the Arnor envoys Gondor *spoke*.", "Gondor", "", "", ""),
    ("It *met* with Arnor.", "Arnor", "", "ARN", ""),
    ("It *met* Arnor.", "Arnor", "", "", ""),
    ("Today in Rohan, Arnor *spoke*.", "Arnor", "", "", ""),
    ("Today near Minas Tirith, Arnor *spoke*.", "Arnor", "", "", ""),
    ("Within Arnor it *spoke*.", "Arnor", "", "", ""),
    ("Arnor *spoke*; Rohan slept.", "Arnor Rohan", "", "ARN", ""),
    ("Arnor slept; it *met* with Rohan.", "Arnor Rohan", "", "ROH", ""),
    ("Arnor *met* with Gondor.", "Arnor Gondor", "Gondor", "ARN", "GON"),
    ("It *met* with Gondor.", "Gondor", "Gondor", "GON", ""),
    ("Arnor *backed* Gondor after Rohan left.", "Arnor", "Gondor Rohan", "ARN", "GON"),
    ("Despite Gondor Arnor *backed* Rohan.", "Arnor", "Gondor Rohan", "ARN", "GON ROH"),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "by", "to", "acting", "meant"), MORE_SIDES)
def test_more_sides(told, offset: int, marked: str, by: str, to: str, acting: str, meant: str) -> None:
    event = told(marked, "SUPPORT", by=by, to=to, offset=offset).event
    assert " ".join(ref.id for ref in doers(event)) == acting
    assert " ".join(ref.id for ref in targets(event)) == meant


def test_a_speaker_after_the_trigger_acts(told) -> None:
    event = told("It *backed* Gondor, said Arnor.", "SUPPORT", by="Arnor", said_by="Arnor").event
    assert [ref.id for ref in doers(event)] == ["ARN"]
    silent = told("It *backed* Gondor, read Arnor.", "SUPPORT", by="Arnor").event
    assert doers(silent) == ()


# Where a recipient that speaks stands, with evidence from 10; whether it is a target.
@pytest.mark.parametrize(("start", "is_target"), [(9, False), (10, True), (17, True)])
def test_a_speaker_before_the_evidence_is_no_target(told, start: int, is_target: bool) -> None:
    event = told("It *backed* the plan of Gondor.", "SUPPORT", by="", to="Gondor", said_by="Gondor").event
    ref = msgspec.structs.replace(event.recipients[0], start=start, end=start + 1)
    event = msgspec.structs.replace(event, recipients=(ref,), trigger=Span(13, 19, "backed"),
                                    evidence=Span(10, 41, event.evidence.text))  # fmt: skip
    assert bool(targets(event)) is is_target


# The text of a recipient and what follows it in the evidence; whether it owns the real recipient.
OWNERS = [
    ("Arnor *backed* Gondor's king and Rohan.", "ROH"), ("Arnor *backed* Gondor’ king and Rohan.", "ROH"),
    ("Arnor *backed* Gondor king and Rohan.", "GON ROH"),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "meant"), OWNERS)
def test_owners_of_recipients(told, offset: int, marked: str, meant: str) -> None:
    event = told(marked, "SUPPORT", to="Gondor Rohan", offset=offset).event
    assert " ".join(ref.id for ref in targets(event)) == meant


def test_an_owner_whose_words_include_the_ending(told) -> None:
    event = told("Arnor *backed* Gondor's king and Rohan.", "SUPPORT", to="Gondor Rohan").event
    gondor, rohan = event.recipients
    owner = msgspec.structs.replace(gondor, text="Gondor's", end=gondor.end + 2)
    event = msgspec.structs.replace(event, recipients=(owner, rohan))
    assert [ref.id for ref in targets(event)] == ["ROH"]


def test_words_of_the_lists() -> None:
    assert (count("turns", "an end to the ban and a halt"), count("turns", "peace")) == (3, 0)
    assert (is_in("turns", "END"), is_in("turns", "friend")) == (True, False)
    assert any_in(("turns", "papers"), "treaty")
    assert not any_in(("turns", "papers"), "grain")
    assert not any_in((), "end")
    found = first("turns", "no ban")
    assert found is not None
    assert (found.start(), first("turns", "peace")) == (0, None)
    assert (has("turns", "an end"), has("turns", "friends")) == (True, False)
