"""Which proposals become events: those likely enough, each act once, with a reason for the others."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.coding.decision.selection import Decision, select, tells_again

pytestmark = pytest.mark.pipeline
LONG = (
    "Arnor attacked Gondor and shelled towns along the wide eastern bank of the great river that Gondor"
    " holds. Arnor struck again."
)
AGAIN = "again: attacked"

# Of the first and the second proposal: word, type, actors > recipients, probability; the fates of both.
PAIRS = [
    ("attacked ASSAULT ARN>GON 0.9", "shelled ASSAULT ARN>GON 0.8", None, AGAIN),
    ("attacked ASSAULT ARN>GON 0.8", "shelled ASSAULT ARN>GON 0.9", "again: shelled", None),
    ("attacked ASSAULT ARN>GON 0.9", "shelled ASSAULT ROH>GON 0.8", None, AGAIN),
    ("attacked ASSAULT ARN>GON 0.9", "shelled ASSAULT ROH>DAL 0.8", None, None),
    ("attacked ASSAULT ARN>GON 0.9", "shelled COERCE ARN>GON 0.8", None, None),
    # Two rules at one word tell a deed and the charge that it was done.
    ("attacked ASSAULT ARN>GON 0.9", "attacked ACCUSE ROH>DAL 0.8", None, None),
    # Too far away, or in another sentence.
    ("attacked ASSAULT ARN>GON 0.9", "holds ASSAULT ARN>GON 0.8", None, None),
    ("holds ASSAULT ARN>GON 0.9", "struck ASSAULT ARN>GON 0.8", None, None),
    # What is dropped makes nothing a repetition.
    ("attacked ASSAULT ARN>GON 0.49", "shelled ASSAULT ARN>GON 0.4", "unlikely: 0.49 below 0.50",
     "unlikely: 0.40 below 0.50"),
    ("attacked ASSAULT ARN>GON 0.5", "holds ASSAULT ARN>GON 0.1", None, "unlikely: 0.10 below 0.50"),
]  # fmt: skip


def decision_of(made: Any, word_in: Any, line: str) -> Decision:
    word, kind, sides, chance = line.split()
    proposal = made.proposal(word_in(LONG, word), kind, *sides.split(">"))
    return Decision(proposal, made.modality(), float(chance))


@pytest.mark.parametrize(("first", "second", "fate", "other_fate"), PAIRS)
def test_pairs(
    made, word_in, first: str, second: str, fate: str | None, other_fate: str | None
) -> None:  # fmt: skip
    decisions = [decision_of(made, word_in, line) for line in (first, second)]
    selected = select(decisions, threshold=0.5)
    assert [decision.dropped for decision in selected] == [fate, other_fate]
    assert [decision.proposal for decision in selected] == [decision.proposal for decision in decisions]


@pytest.mark.parametrize(
    ("objections", "dropped"),
    [
        (("asked",), "asked"),
        (("doubtful", "no party"), "no party"),
        (("negated",), "negated"),
        (
            ("doubtful", "condition at home", "out of scope", "what ends"),
            None,
        ),  # these only make it less likely
    ],
)
def test_some_objections_are_final(made, word_in, objections: tuple[str, ...], dropped: str | None) -> None:
    barred = Decision(made.proposal(word_in(LONG, "attacked")), made.modality(), 0.99, objections)
    other = Decision(made.proposal(word_in(LONG, "shelled")), made.modality(), 0.6)
    selected = select([barred, other], threshold=0.5)
    assert selected[0].dropped == dropped
    assert selected[0].objections == objections
    # What is barred makes nothing a repetition.
    assert (selected[1].dropped is None) is (dropped is not None)


@pytest.mark.parametrize(
    ("one", "other", "again"), [(True, True, False), (True, False, True), (False, True, True)]
)
def test_beside_a_reading_one_word_tells_one_act(made, word_in, one: bool, other: bool, again: bool) -> None:
    token = word_in(LONG, "attacked")
    first = made.proposal(token, "ASSAULT", by_rule=one, reading=made.reading(token.i, "ASSAULT"))
    second = made.proposal(token, "ACCUSE", "ROH", "DAL", by_rule=other, reading=made.reading(token.i))
    assert tells_again(first, second) is again


def test_decisions_come_in_the_order_of_the_text(made, word_in) -> None:
    lines = ("struck AID ARN>GON 0.9", "holds REJECT ARN>GON 0.2", "attacked ACCUSE ARN>GON 0.7")
    selected = select([decision_of(made, word_in, line) for line in lines], threshold=0.5)
    assert [decision.proposal.token.text for decision in selected] == ["attacked", "holds", "struck"]
    assert [decision.probability for decision in selected] == [0.7, 0.2, 0.9]


def test_what_has_no_party_repeats_what_stands_near(made, word_in) -> None:
    near = made.proposal(word_in(LONG, "shelled"), "ASSAULT", "", "")
    told = made.proposal(word_in(LONG, "attacked"), "ASSAULT")
    assert tells_again(near, told)
    assert not tells_again(told, near)


@pytest.mark.parametrize(
    ("event_type", "actors", "recipients", "talk_threshold", "dropped"),
    [
        ("ACCUSE", "ARN", "ARN", 0.65, "unlikely: 0.60 below 0.65"),
        ("ACCUSE", "ARN", "", 0.65, "unlikely: 0.60 below 0.65"),
        ("ACCUSE", "ARN", "ARN", 0.6, None),
        ("ACCUSE", "ARN", "ARN", 0.0, None),
        ("ACCUSE", "ARN", "GON", 0.65, None),
        ("COERCE", "ARN", "ARN", 0.65, None),
    ],
)
def test_home_politics_must_be_likelier_where_that_is_asked(
    made, word_in, event_type: str, actors: str, recipients: str, talk_threshold: float, dropped: str | None
) -> None:
    token = word_in("Arnor attacked Gondor.", "attacked")
    decision = Decision(made.proposal(token, event_type, actors, recipients), made.modality(), 0.6)
    (selected,) = select([decision], threshold=0.5, talk_threshold=talk_threshold)
    assert selected.dropped == dropped
