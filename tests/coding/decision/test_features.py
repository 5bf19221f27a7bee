"""The features of a proposal, as the decision model takes them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from dragoman.coding.decision.confidence import confidence_of
from dragoman.coding.decision.features import Features, features_of

pytestmark = pytest.mark.pipeline
TEXT = "Arnor, accusing Gondor, met Dale. Rohan refused to help Mordor."


@pytest.fixture
def features(made) -> Callable[..., Features]:
    """Return the features of one proposal among others."""

    def of(
        proposal: Any, *others: Any, modality: Any = None, objections: tuple[str, ...] = (),
        quoted: bool = False,
    ) -> Features:  # fmt: skip
        count = 1 + len(others)
        found = features_of(
            [proposal, *others],
            [modality or made.modality()] * count,
            [objections, *[()] * (count - 1)],
            is_quoted=[quoted, *[False] * (count - 1)],
        )
        assert len(found) == count
        return found[0]

    return of


def part(found: Features, expected: dict[str, float]) -> Features:
    return {name: found[name] for name in expected}


def test_a_rule_alone(made, word_in, features) -> None:
    proposal = made.proposal(word_in(TEXT, "met"), "CONSULT", "ARN", "", class_name="undertake")
    found = features(proposal)
    expected = {
        "has_reading": 0.0, "has_rule": 1.0, "is_composed": 1.0, "rule_has_actor": 1.0,
        "rule_has_recipient": 0.0, "rule_confidence": confidence_of(proposal.candidate, made.modality()),
    }  # fmt: skip
    assert part(found, expected) == expected
    assert "event_chance" not in found
    assert features(made.proposal(word_in(TEXT, "met")))["is_composed"] == 0.0


def test_a_reading_alone(made, word_in, features) -> None:
    reading = made.reading(0, "ACCUSE", 0.6, firm=0.7, REJECT=0.2, AID=0.1)
    found = features(made.proposal(word_in(TEXT, "met"), "ACCUSE", reading=reading, by_rule=False))
    expected = {
        "has_rule": 0.0, "rule_confidence": 0.0, "has_reading": 1.0, "firm": 0.7, "event_chance": 0.9,
        "type_chance": 0.6, "type_share": 0.6 / 0.9, "second_type": 0.2, "event_odds": math.log(9),
    }  # fmt: skip
    assert part(found, expected) == pytest.approx(expected, rel=1e-3)
    assert "is_composed" not in found
    types = {name for name in found if name.startswith("type_") and name[5:].isupper()}
    assert len(types) == 16
    assert {name for name in types if found[name]} == {"type_ACCUSE"}


# Actors, recipients, which flags of the parties are set.
PARTIES = [
    ("ARN", "GON", {"is_between", "is_public", "has_country"}),
    ("ARN GON", "", {"is_between", "is_public", "has_country"}),
    ("ARN", "ARN", {"is_same_side", "is_public", "has_country"}),
    ("ARN", "", {"is_public", "has_country"}),
    ("", "", set()),
]
FLAGS = ("is_same_side", "is_between", "is_public", "has_country")


@pytest.mark.parametrize(("actors", "recipients", "flags"), PARTIES)
def test_parties(made, word_in, features, actors: str, recipients: str, flags: set[str]) -> None:
    found = features(made.proposal(word_in(TEXT, "met"), "CONSULT", actors, recipients))
    assert (found["actors"], found["recipients"]) == (len(actors.split()), len(recipients.split()))
    assert {name for name in FLAGS if found[name]} == flags


# Kind and country of the only actor, which flags are set.
KINDS = [
    ("group", None, set()),
    ("group", "GON", {"has_country"}),
    ("person", None, set()),
    ("armed_group", None, {"is_public"}),
]


@pytest.mark.parametrize(("kind", "country", "flags"), KINDS)
def test_kinds(made, word_in, features, kind: str, country: str | None, flags: set[str]) -> None:
    party = made.party("X", kind=kind, country=country)
    found = features(made.proposal(word_in(TEXT, "met"), actors=(party,), recipients=()))
    assert {name for name in FLAGS if found[name]} == flags


def test_scores_of_a_role(made, word_in, features) -> None:
    roles = [
        made.role("ARN", actor=0.9), made.role("ARN", actor=0.1),
        made.role("ROH", actor=0.6, found_by="place"),
        made.role("DAL", actor=0.2, inferred=True, found_by="capital"),
        made.role("GON", recipient=0.8, inferred=True),
    ]  # fmt: skip
    found = features(made.proposal(word_in(TEXT, "met"), reading=made.reading(roles=roles)))
    expected = {
        "actor_best": 0.9, "actor_least": 0.6, "actor_sum": 1.7, "actor_doubt": 0.4, "actor_inferred": 0.0,
        "actor_from_place": 1.0, "actor_unlisted": 0.0, "recipient_best": 0.8, "recipient_least": 0.8,
        "recipient_sum": 0.8, "recipient_doubt": 0.2, "recipient_inferred": 1.0, "recipient_from_place": 0.0,
    }  # fmt: skip
    assert part(found, expected) == pytest.approx(expected)
    unlisted = made.reading(roles=[made.role("N:x", actor=0.5, found_by="capital")])
    assert features(made.proposal(word_in(TEXT, "met"), reading=unlisted))["actor_unlisted"] == 1.0


# Kind and sector of the only actor, whether somebody official takes part.
OFFICIALS = [
    ("state", None, 1.0),
    ("armed_group", None, 1.0),
    ("person", "GOV", 1.0),
    ("group", "MIL", 1.0),
    ("group", "CVL", 0.0),
    ("person", None, 0.0),
]


@pytest.mark.parametrize(("kind", "sector", "official"), OFFICIALS)
def test_officials(made, word_in, features, kind: str, sector: str | None, official: float) -> None:
    party = made.party("X", kind=kind, sector=sector)
    for sides in ({"actors": (party,), "recipients": ()}, {"actors": (), "recipients": (party,)}):
        assert features(made.proposal(word_in(TEXT, "met"), **sides))["is_official"] == official


def test_the_text_is_the_same_for_all_its_proposals(made, word_in, features) -> None:
    met, help_ = word_in(TEXT, "met"), word_in(TEXT, "help")
    likely, unlikely = (made.reading(help_.i, "AID", chance) for chance in (0.51, 0.5))
    for reading, share in ((likely, 0.5), (unlikely, 0.0)):
        found = features(made.proposal(met), made.proposal(help_, "AID", by_rule=False, reading=reading))
        expected = {"document_sentences": math.log(3), "document_ruled": 0.5, "document_likely": share}
        assert part(found, expected) == pytest.approx(expected)
    scope = features(made.proposal(met), objections=("out of scope",))
    assert (scope["is_out_of_scope"], features(made.proposal(met))["is_out_of_scope"]) == (1.0, 0.0)


def test_without_a_reading_roles_are_zero(made, word_in, features) -> None:
    found = features(made.proposal(word_in(TEXT, "met")))
    roles = [name for name in found if name.startswith(("actor_", "recipient_"))]
    assert len(roles) == 14
    assert {found[name] for name in roles} == {0.0}


# The word, its flags that are set, the number of its sentence.
WORDS = [
    ("met", {"pos_VERB", "is_root"}, 0),
    ("accusing", {"pos_VERB", "is_gerund"}, 0),
    ("refused", {"pos_VERB", "is_root"}, 1),
    ("help", {"pos_VERB", "is_base_form", "dep_xcomp"}, 1),
]


@pytest.mark.parametrize(("word", "flags", "sentence"), WORDS)
def test_word(made, word_in, features, word: str, flags: set[str], sentence: int) -> None:
    token = word_in(TEXT, word)
    found = features(made.proposal(token), made.proposal(word_in(TEXT, "met"), "AID"))
    set_flags = {name for name in found if found[name] and name.startswith(("pos_", "dep_"))}
    set_flags |= {name for name in ("is_gerund", "is_base_form", "is_root") if found[name]}
    # How the parser hangs a clause before the verb is its own affair.
    assert set_flags - {f"dep_{token.dep_}"} == flags - {f"dep_{token.dep_}"}
    assert found.get(f"dep_{token.dep_}", 1.0) == 1.0
    # Sentences are counted among those that hold a proposal.
    assert found["sentence"] == sentence


def test_neighbours(made, word_in, features) -> None:
    met, accusing, far = (word_in(TEXT, word) for word in ("met", "accusing", "help"))
    proposal = made.proposal(met, "CONSULT")
    others = [
        made.proposal(met, "AID", by_rule=False, reading=made.reading(met.i, "AID", 0.7)),
        made.proposal(accusing, "CONSULT", by_rule=False, reading=made.reading(accusing.i, "CONSULT", 0.4)),
        made.proposal(far, "CONSULT", reading=made.reading(far.i, "CONSULT", 0.9)),  # in another sentence
    ]
    expected = {
        "others": 2.0, "others_chance": 0.7, "others_same_type": 0.4, "others_ruled": 0.0,
        "same_type_ruled": 0.0, "at_same_word": 1.0,
    }  # fmt: skip
    assert part(features(proposal, *others), expected) == pytest.approx(expected)
    ruled = features(proposal, made.proposal(accusing, "CONSULT"), made.proposal(accusing, "AID"))
    assert (ruled["others_ruled"], ruled["same_type_ruled"], ruled["others_chance"]) == (1.0, 1.0, 0.0)
    other_type = features(proposal, made.proposal(accusing, "AID"))
    assert (other_type["others_ruled"], other_type["same_type_ruled"]) == (1.0, 0.0)


MODALITIES = [
    ({}, {"is_certain"}),
    ({"factuality": "possible"}, {"is_doubtful"}),
    ({"factuality": "unknown"}, {"is_doubtful"}),
    ({"factuality": "probable"}, set()),
    ({"polarity": "negative"}, {"is_certain", "is_negative"}),
    ({"tense": "future"}, {"is_certain", "is_future"}),
    ({"conditional": True}, {"is_certain", "is_conditional"}),
]


@pytest.mark.parametrize(("changed", "flags"), MODALITIES)
def test_modality(made, word_in, features, changed: dict[str, Any], flags: set[str]) -> None:
    proposal = made.proposal(word_in(TEXT, "met"))
    found = features(
        proposal, modality=made.modality(**changed), objections=("doubtful", "negated"), quoted=True
    )
    names = ("is_certain", "is_doubtful", "is_negative", "is_future", "is_conditional")
    assert {name for name in names if found[name]} == flags
    assert (found["objections"], found["is_quoted"]) == (2.0, 1.0)
    assert (features(proposal)["objections"], features(proposal)["is_quoted"]) == (0.0, 0.0)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_all_features_are_numbers(made, word_in, features, chance: float) -> None:
    reading = made.reading(0, "ACCUSE", chance, firm=0.0)
    found = features(made.proposal(word_in(TEXT, "met"), "ACCUSE", reading=reading))
    assert all(isinstance(value, float | int) and math.isfinite(value) for value in found.values())
