"""Verbs of the present taken for nouns, and nouns of deeds taken for verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.language.pipeline import load_pipeline
from dragoman.language.repairs.verb_forms import VerbForms

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Parsed

pytestmark = pytest.mark.pipeline

# Text, verb, its subject, its object (None when it has none).
VERBS = [
    ("Arnor deports activists to Gondor.", "deports", "Arnor", "activists"),
    ("Arnor sanctions Rohan firms.", "sanctions", "Arnor", "firms"),
    ("Arnor raids Rohan camps", "raids", "Arnor", "camps"),
    ("The Gondorian foreign ministry summons the Arnorian ambassador.", "summons", "ministry", "ambassador"),
    ("The Haradrim claim that they took the ford.", "claim", "Haradrim", None),
    ("The parliament of Gondor votes to leave the alliance.", "votes", "parliament", None),
    ("A tribunal in Arnor sentences a spy to ten years.", "sentences", "tribunal", "spy"),
    ("Arnor and the Haradrim state that they will not fight.", "state", "Arnor", None),
    ("Dale votes to leave the alliance.", "votes", "Dale", None),
    ("Rangers in Ithilien arrest a Mordor spy.", "arrest", "Rangers", "spy"),
    ("The Arnorian court issues arrest warrants for two generals.", "issues", "court", "warrants"),
    ("The Mordor court issues arrest warrants for former envoy Grima.", "issues", "court", "warrants"),
    (
        "A Rohan judge issues arrest warrants for former envoy Grima and 17 others.",
        "issues",
        "judge",
        "warrants",
    ),
    ("Weekly Rohan protests against Gondor block the road.", "block", "protests", "road"),
    ("Harsh Mordor raids on Osgiliath force many to flee.", "force", "raids", "many"),
]


@pytest.mark.parametrize(("text", "form", "subject", "dealt_with"), VERBS)
def test_verb_is_seen(
    parse: Callable[[str], Parsed], text: str, form: str, subject: str, dealt_with: str | None
) -> None:
    parsed = parse(text)
    verb = parsed.word(form)
    assert parsed.changes(), "the model alone is right: the row proves nothing"
    assert (verb.pos_, verb.tag_ in ("VBZ", "VBP"), verb.dep_) == ("VERB", True, "ROOT")
    assert [c.text for c in verb.children if c.dep_ == "nsubj"] == [subject]
    assert next((c.text for c in verb.children if c.dep_ == "dobj"), dealt_with) == dealt_with
    assert len(list(parsed.repaired.sents)) == 1


def test_base_forms_follow(parse: Callable[[str], Parsed]) -> None:
    assert parse("Arnor deports activists to Gondor.").word("deports").lemma_ == "deport"


def test_what_stands_before_goes_with_the_subject(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("The Gondorian foreign ministry summons the Arnorian ambassador.")
    assert [parsed.word(form).head.text for form in ("The", "foreign")] == ["ministry", "ministry"]


UNTOUCHED = [
    "Arnor sanctions hit Gondor banks.",
    "Arnor strikes kill 12 in Minas Tirith.",
    "Mordor attacks on Gondor leave 12 dead.",
    "Arnor strikes on Gondor continue.",
    "Mordor threats worry Rohan.",
    "Police clashes in Edoras",
    "Police clashes with miners in Edoras.",
    "Nine strikes in Gondor on Monday.",
    "Two visits to Arnor in a week.",
    "Rohan sanctions timeline",
    "Mordor airstrikes in Gondor",
    "Statement by the Gondorian ambassador on arms exports.",
    "Gondorian troops killed in Arnor clashes",
    "Gondorian pressure on Umbar to free the sailors grew.",
    "The death of the Gondorian king in the clashes.",
    "Sign the petition against arms sales to Mordor.",
    "Gondor demanded that Arnor withdraw its troops.",
    "The king made it clear that Gondor would answer.",
    "The fleet strikes a barge near the ford and sinks it.",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_nothing_else_becomes_a_verb(parse: Callable[[str], Parsed], text: str) -> None:
    assert parse(text).changes() == []


FORMS = [
    ("deports", "deport", "deported"),
    ("bans", "ban", "banned"),
    ("strikes", "strike", "struck"),
    ("takes", "take", "took"),
    ("begins", "begin", "began"),
    ("defies", "defy", "defied"),
    ("deploys", "deploy", "deployed"),
    ("clashes", "clash", "clashed"),
    ("hits", "hit", "hit"),
    ("urges", "urge", "urged"),
]


@pytest.fixture(scope="module")
def verbs() -> VerbForms:
    return VerbForms(load_pipeline())


@pytest.mark.parametrize(("form", "verb", "past"), FORMS)
def test_forms_of_verbs(verbs: VerbForms, form: str, verb: str, past: str) -> None:
    assert verbs.of_singular(form) == verb
    assert verbs.past(verb) == past


@pytest.mark.parametrize("form", ["Arnor", "deport", "osgiliaths", "as", "this"])
def test_what_is_no_singular_form(verbs: VerbForms, form: str) -> None:
    assert verbs.of_singular(form) is None
