"""Scores of relations and tuples, worked out by hand."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.relation_scoring import (
    CameoGold,
    CameoScores,
    RelationGold,
    RelationScores,
    TupleGold,
    TupleScores,
    country_pairs,
)


def event(event_type: str, actors: str, recipients: str) -> dict[str, object]:
    sides = {"actors": actors, "recipients": recipients}
    return {
        "event_type": event_type,
        **{side: [{"id": f"{n}:GOV", "country": n} for n in names.split()] for side, names in sides.items()},
    }


def test_relations() -> None:
    scores = RelationScores()
    for true, said in [("ACCUSE", "ACCUSE"), ("AID", "ACCUSE"), ("CONCEDE", "RETREAT"), ("AID", None)]:
        scores.add(RelationGold(event_type=true), {"event_type": said})
    # Roots: ACCUSE 2/3, AID 0, YIELD 1. Quads: verbal conflict 2/3, material cooperation (YIELD, AID) 1/2.
    # Conflict 2/3, cooperation 1/2.
    assert scores.figures() == {
        "n": 4, "root_macro_f1": 0.5556, "quad_macro_f1": 0.5833, "binary_macro_f1": 0.5833, "answered": 0.75,
    }  # fmt: skip


def test_the_quad_class_that_the_gold_gives_counts() -> None:
    scores = RelationScores()
    scores.add(RelationGold(event_type="AID", quad_class="verbal_cooperation"), {"event_type": "AID"})
    figures = scores.figures()
    assert (figures["root_macro_f1"], figures["quad_macro_f1"], figures["binary_macro_f1"]) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("actors", "recipients", "pairs"),
    [
        ("ARN ROH", "GON", {("ARN", "GON"), ("ROH", "GON")}),
        ("ARN ROH", "", {("ARN", "ROH"), ("ROH", "ARN")}),
        ("ARN", "", {("ARN", "")}),
        ("", "GON", set()),
    ],
)
def test_country_pairs(actors: str, recipients: str, pairs: set[tuple[str, str]]) -> None:
    assert country_pairs(set(actors.split()), set(recipients.split())) == pairs


def test_tuples() -> None:
    scores = TupleScores()
    gold = msgspec.convert(event("RETREAT", "ARN", "GON"), TupleGold)
    scores.add(gold, {"events": [event("CONCEDE", "ARN", "GON"), event("AID", "ROH", "GON")]})
    scores.add(gold, {"events": [event("AID", "ARN", "GON")]})
    scores.add(gold, {})
    figures = scores.figures()
    assert figures["n"] == 3
    assert (figures["tuple"]["precision"], figures["tuple"]["recall"]) == (0.3333, 0.3333)
    assert (figures["dyad"]["precision"], figures["dyad"]["recall"]) == (0.6667, 0.6667)
    assert (figures["root"]["precision"], figures["root"]["recall"]) == (0.3333, 0.3333)
    assert figures["events_per_sentence"] == 1.0


def test_cameo_codes_are_read_by_their_longest_beginning() -> None:
    scores = CameoScores({"11": "ACCUSE", "112": "REJECT", "1122": ""})
    gold = [("112", "REJECT"), ("1121", "REJECT"), ("1122", "REJECT"), ("119", "ACCUSE")]
    for code, root in gold:
        row = {"events": [{"source": "ARNGOV", "target": "GON", "code": code}]}
        scores.add(msgspec.convert(row, CameoGold), {"events": [event(root, "ARN", "GON")]})
    assert scores.figures() == {"n": 4, "tuple": {"precision": 1.0, "recall": 1.0, "f1": 1.0}}


def test_cameo_codes_without_a_root_are_passed_over() -> None:
    scores = CameoScores({"11": "ACCUSE"})
    row = {"events": [{"source": "ARN", "target": "GON", "code": "010"}]}
    scores.add(msgspec.convert(row, CameoGold), {"events": [event("ACCUSE", "ARN", "")]})
    assert scores.figures()["tuple"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
