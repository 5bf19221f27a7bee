"""Rules and readings of a word joined into proposals, with the parties of both."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from dragoman.coding.decision.proposals import Proposal, best_scores, propose

pytestmark = pytest.mark.pipeline
TEXT = "Arnor accused Gondor of spying, and Rohan met Dale."


@pytest.fixture
def proposed(coder, made, word_in) -> Callable[..., list[Proposal]]:
    """Return the proposals for rules given as (word, type) and readings as word=fields."""

    def join(rules: list[tuple[str, str]], **readings: dict[str, Any]) -> list[Proposal]:
        found = [made.candidate(word_in(TEXT, word), kind) for word, kind in rules]
        read = {}
        for word, fields in readings.items():
            index = word_in(TEXT, word).i
            read[index] = made.reading(index, **fields)
        return propose(word_in(TEXT, "accused").doc, rules=found, readings=read, book=coder.book)

    return join


# Rules, readings, then of each proposal: word, type, carried by, probability of its type.
JOINED = [
    ([("accused", "ACCUSE")], {}, [("accused", "ACCUSE", "rule", 0.0)]),
    ([], {"accused": {"chance": 0.7}}, [("accused", "ACCUSE", "model", 0.7)]),
    ([("accused", "ACCUSE")], {"accused": {"chance": 0.7}}, [("accused", "ACCUSE", "both", 0.7)]),
    ([("accused", "ACCUSE")], {"accused": {"chance": 0.5}}, [("accused", "ACCUSE", "both", 0.5)]),
    ([("accused", "ACCUSE")], {"accused": {"chance": 0.4}}, [("accused", "ACCUSE", "rule", 0.4)]),
    # Where they differ both are proposed.
    ([("accused", "ACCUSE")], {"accused": {"event_type": "REJECT", "chance": 0.6, "ACCUSE": 0.3}},
     [("accused", "ACCUSE", "rule", 0.3), ("accused", "REJECT", "model", 0.6)]),
    # Two rules at a word: each once, and the reading joins the one of its type.
    ([("accused", "ACCUSE"), ("accused", "REJECT")], {"accused": {"event_type": "REJECT", "chance": 0.6}},
     [("accused", "ACCUSE", "rule", 0.0), ("accused", "REJECT", "both", 0.6)]),
    # In the order of the text.
    ([("met", "CONSULT")], {"accused": {"chance": 0.6}},
     [("accused", "ACCUSE", "model", 0.6), ("met", "CONSULT", "rule", 0.0)]),
    ([], {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "readings", "expected"), JOINED)
def test_joined(
    proposed, rules: list[tuple[str, str]], readings: dict[str, Any],
    expected: list[tuple[str, str, str, float]],
) -> None:  # fmt: skip
    found = proposed(rules, **readings)
    assert [
        (p.token.text, p.candidate.event_type, p.carried_by, pytest.approx(p.type_probability)) for p in found
    ] == expected
    for proposal in found:
        assert (proposal.rule is None) is (proposal.carried_by == "model")


def test_types_that_the_codebook_does_not_have_are_not_proposed(made, word_in) -> None:
    token = word_in(TEXT, "accused")
    book: Any = SimpleNamespace(types={"AID": None}, index={})
    assert propose(token.doc, rules=(), readings={token.i: made.reading(token.i)}, book=book) == []


def test_a_reading_takes_the_mode_of_the_pattern_at_its_word(proposed) -> None:
    (told,) = proposed([], accused={"chance": 0.7})
    assert (told.candidate.rule, told.candidate.mode) == ("model", "allege")
    (other,) = proposed([], accused={"event_type": "AID", "chance": 0.7})
    assert (other.candidate.rule, other.candidate.mode, other.candidate.cameo) == ("model", None, None)


@pytest.fixture
def joined_with(coder, made, word_in) -> Callable[..., tuple[str, str]]:
    """Return the actors and recipients of a proposal; None as the rule's for no rule."""

    def join(roles: list[Any], actors: Any = None, recipients: Any = "", **reading: Any) -> tuple[str, str]:
        token = word_in(TEXT, "accused")
        rules = [] if actors is None else [made.candidate(token, "ACCUSE", actors, recipients)]
        readings = {token.i: made.reading(token.i, roles=roles, **reading)}
        found = propose(token.doc, rules=rules, readings=readings, book=coder.book)[0]
        sides = (found.candidate.actors, found.candidate.recipients)
        first, second = (" ".join(ref.id for ref in side) for side in sides)
        return first, second

    return join


# Scores of each party on one side, that side of the rule (None: the model alone), the side of the proposal.
SIDES = [
    ({"ROH": 0.9}, None, "ROH"),
    ({"ROH": 0.4, "DAL": 0.39}, None, "ROH"),
    # Where nobody is likely enough, the likeliest stands alone if it is likely at all.
    ({"ROH": 0.39, "DAL": 0.3}, None, "ROH"),
    ({"ROH": 0.2}, None, "ROH"),
    ({"ROH": 0.19}, None, ""),
    # What a rule left empty is filled in the same way.
    ({"ROH": 0.4, "DAL": 0.39}, "", "ROH"),
    ({"ROH": 0.2}, "", "ROH"),
    # What a rule found stays, and only whom the reader is sure of is added.
    ({}, "ARN", "ARN"),
    ({"ARN": 0.01}, "ARN", "ARN"),
    ({"ROH": 0.5}, "ARN", "ARN ROH"),
    ({"ROH": 0.49}, "ARN", "ARN"),
]


@pytest.mark.parametrize(("scores", "ruled", "expected"), SIDES)
def test_parties_of_both(
    made, joined_with, scores: dict[str, float], ruled: str | None, expected: str
) -> None:
    as_actors = [made.role(id, actor=score) for id, score in scores.items()]
    assert joined_with(as_actors, ruled) == (expected, "")
    as_recipients = [made.role(id, recipient=score) for id, score in scores.items()]
    found = joined_with(as_recipients, None if ruled is None else "", ruled or "")
    assert found == ("", expected)


# The reading's type and chance, the rule's actors, those of the proposal when Rohan is surely an actor.
MINDS = [
    ({"chance": 0.5}, "ARN", "ARN ROH"),
    ({"chance": 0.49}, "ARN", "ARN"),  # the reader sees no event
    ({"chance": 0.49}, "", ""),
    ({"event_type": "REJECT", "chance": 0.9}, "ARN", "ARN"),  # nor one of this type
    ({"event_type": "REJECT", "chance": 0.9}, "", "ROH"),  # whose empty side it fills all the same
]


@pytest.mark.parametrize(("reading", "ruled", "expected"), MINDS)
def test_the_reader_adds_where_it_sees_the_event(
    made, joined_with, reading: dict[str, Any], ruled: str, expected: str
) -> None:
    assert joined_with([made.role("ROH", actor=0.9)], ruled, **reading) == (expected, "")


def test_a_mutual_act_gets_a_recipient_only_where_the_reader_is_sure(made, joined_with) -> None:
    for score, recipients in ((0.49, ""), (0.5, "ROH")):
        assert joined_with([made.role("ROH", recipient=score)], "ARN GON") == ("ARN GON", recipients)


# Scores of Arnor as actor and recipient, the rule's sides, the sides of the proposal.
BOTH = [
    (0.9, 0.26, None, "", ("ARN", "")),
    (0.26, 0.9, None, "", ("", "ARN")),
    (0.9, 0.28, None, "", ("ARN", "ARN")),  # protesters in a country against its government
    (0.2, 0.9, "ARN", "GON", ("ARN", "GON")),  # a rule's actor is not added to its recipients
    (0.9, 0.2, "GON", "ARN", ("GON", "ARN")),
]


@pytest.mark.parametrize(("actor", "recipient", "ruled", "toward", "sides"), BOTH)
def test_who_belongs_to_one_side_is_not_on_the_other(
    made, joined_with, actor: float, recipient: float, ruled: str | None, toward: str, sides: tuple[str, str]
) -> None:
    assert joined_with([made.role(actor=actor, recipient=recipient)], ruled, toward) == sides


def test_of_several_mentions_of_a_party_the_best_counts(coder, made, word_in) -> None:
    token = word_in(TEXT, "accused")
    roles = [made.role(actor=0.4, start=1), made.role(actor=0.9, start=7), made.role(actor=0.2, start=9)]
    assert best_scores(roles, "actor") == {"ARN": 0.9}
    readings = {token.i: made.reading(token.i, roles=roles)}
    (found,) = propose(token.doc, rules=[], readings=readings, book=coder.book)
    assert [(ref.id, ref.start) for ref in found.candidate.actors] == [("ARN", 7)]


# Actors by id, kind and country; those that are kept.
DOUBLES = [
    ([("GON:COP", "group", "GON"), ("GON", "state", "GON")], "GON:COP"),
    ([("GON", "state", "GON"), ("P:one", "person", "GON")], "P:one"),
    ([("ROH:COP", "group", "ROH"), ("GON", "state", "GON")], "ROH:COP GON"),
    ([("GON:COP", "group", "GON"), ("GON:MIL", "group", "GON")], "GON:COP GON:MIL"),
    ([("GON", "state", "GON"), ("G:CVL:crowd", "group", None)], "GON G:CVL:crowd"),
    ([("GON", "state", "GON")], "GON"),
]


@pytest.mark.parametrize(("actors", "kept"), DOUBLES)
def test_a_state_beside_somebody_of_it_is_dropped(
    made, joined_with, actors: list[tuple[str, str, str | None]], kept: str
) -> None:
    roles = [
        made.role(id, kind=kind, country=country, actor=0.9, start=number)
        for number, (id, kind, country) in enumerate(actors)
    ]
    assert joined_with(roles)[0] == kept


@pytest.mark.parametrize(("inferred", "id"), [(True, "GON:COP"), (False, "G:COP:police")])
def test_a_rules_group_takes_the_country_that_was_inferred(
    made, joined_with, inferred: bool, id: str
) -> None:
    police = made.party("G:COP:police", kind="group", country=None, sector="COP", start=3, end=9)
    role = made.role("GON:COP", kind="group", country="GON", start=3, end=9, inferred=inferred, actor=0.2)
    assert joined_with([role], (police,)) == (id, "")
