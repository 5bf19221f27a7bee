"""What speaks against recording a proposal, by name."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.coding.decision.objections import BARRING, objections_to

pytestmark = pytest.mark.pipeline
PLAIN = "Arnor accused Gondor of spying."

# Text, trigger, the objections to its construction where no rule has found it.
CONSTRUCTIONS = [
    (PLAIN, "accused", ()),
    ("Arnor would have attacked Gondor.", "attacked", ("counterfactual",)),
    ("Say Arnor attacked Gondor.", "attacked", ("supposed",)),
    ("Has Arnor attacked Gondor?", "attacked", ("asked",)),
    ("Arnor avoided attacking Gondor.", "attacking", ("avoided",)),
    ("The attack on Gondor ended.", "attack", ("what ends",)),
    ("Fire killed nine soldiers of Gondor.", "killed", ()),  # soldiers are a sign of violence
    ("A flood in Gondor killed nine people.", "killed", ("mishap",)),
    ("The coach of Arnor attacked the umpire of Gondor.", "attacked", ("sport",)),
]


@pytest.mark.parametrize(("text", "word", "objections"), CONSTRUCTIONS)
def test_constructions(made, word_in, text: str, word: str, objections: tuple[str, ...]) -> None:
    token = word_in(text, word)
    read = made.proposal(token, "ASSAULT", reading=made.reading(token.i, "ASSAULT"), by_rule=False)
    assert objections_to(read, made.modality()) == objections
    # What a rule keeps has passed the tests of its clause.
    assert objections_to(made.proposal(token, "ASSAULT"), made.modality()) == ()


# Text, trigger, type, whether a mishap or a game speaks against it.
SUBJECTS = [
    ("A flood in Gondor killed nine people.", "killed", "AID", ()),
    ("Arnor boycotted the football tournament of Gondor.", "boycotted", "PROTEST", ()),
    ("Arnor boycotted the football tournament of Gondor.", "boycotted", "RETREAT", ("sport",)),
    ("Arnor released a video of Gondor.", "released", "RETREAT", ("publication",)),
    ("Arnor released a video of Gondor.", "released", "ACCUSE", ()),
]


@pytest.mark.parametrize(("text", "word", "kind", "objections"), SUBJECTS)
def test_subjects_speak_against_some_types_alone(
    made, word_in, text: str, word: str, kind: str, objections: tuple[str, ...]
) -> None:
    token = word_in(text, word)
    read = made.proposal(token, kind, reading=made.reading(token.i, kind), by_rule=False)
    assert objections_to(read, made.modality()) == objections


# Actors, recipients, changed modality, whether a rule found it, objections.
OTHERS = [
    ("ARN", "GON", {}, True, ()),
    ("", "", {}, True, ("no party",)),
    ("ARN", "ARN", {}, True, ("out of scope",)),
    ("ARN", "GON", {"polarity": "negative"}, False, ("negated",)),
    ("ARN", "GON", {"polarity": "negative"}, True, ()),  # a rule has made of it what a denial is
    ("ARN", "GON", {"factuality": "possible"}, True, ("doubtful",)),
    ("ARN", "GON", {"factuality": "unknown"}, False, ("doubtful",)),
    ("ARN", "GON", {"factuality": "probable"}, True, ()),
    ("ARN", "GON", {"factuality": "possible", "conditional": True}, True, ()),  # an if, marked as one
    ("ARN", "", {"conditional": True}, True, ("condition at home",)),
    ("", "", {"polarity": "negative", "factuality": "unknown"}, False, ("no party", "negated", "doubtful")),
]


@pytest.mark.parametrize(("actors", "recipients", "changed", "by_rule", "objections"), OTHERS)
def test_parties_and_modality(
    made, word_in, actors: str, recipients: str, changed: dict[str, Any], by_rule: bool,
    objections: tuple[str, ...],
) -> None:  # fmt: skip
    reading = None if by_rule else made.reading()
    proposal = made.proposal(
        word_in(PLAIN, "accused"), "ACCUSE", actors, recipients, reading=reading, by_rule=by_rule
    )
    assert objections_to(proposal, made.modality(**changed)) == objections


def test_what_is_not_asserted_is_barred_whatever_its_probability() -> None:
    barring = {
        "counterfactual",
        "supposed",
        "asked",
        "avoided",
        "no party",
        "mishap",
        "sport",
        "negated",
        "publication",
    }
    assert barring == BARRING
