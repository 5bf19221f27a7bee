"""Measures of a network: weight, partners, who lies between others, and blocs."""

from __future__ import annotations

import pytest

from dragoman.analysis.networks import find_blocs, measure_network
from dragoman.record.answers import Edge


def _edge(actor: str, recipient: str, friendly: int, hostile: int = 0) -> Edge:
    counts = {"verbal_cooperation": friendly, "material_conflict": hostile}
    events = friendly + hostile
    return Edge(actor=actor, recipient=recipient, events=events, counts=counts, intensity=0.0)


CHAIN = [_edge("ARN", "BRE", 3), _edge("BRE", "ARN", 1), _edge("BRE", "DAL", 2, 5), _edge("ARN", "ARN", 9)]


def test_events_and_partners_of_each_party():
    found = {m.party: m for m in measure_network(CHAIN)}
    assert list(found) == ["BRE", "DAL", "ARN"]
    bree = found["BRE"]
    assert (bree.partners, bree.events, bree.cooperation, bree.conflict) == (2, 11, 6, 5)
    assert (found["ARN"].events, found["ARN"].partners) == (4, 1)


def test_who_lies_between_others():
    found = {m.party: m for m in measure_network(CHAIN)}
    assert {party: m.betweenness for party, m in found.items()} == {"ARN": 0.0, "BRE": 1.0, "DAL": 0.0}


def test_a_strong_tie_is_a_short_way():
    # From Arnor to Dale over Bree the ties are strong; the direct one is weak.
    edges = [_edge("ARN", "BRE", 1000), _edge("BRE", "DAL", 1000), _edge("ARN", "DAL", 1)]
    found = {m.party: m.betweenness for m in measure_network(edges)}
    assert found == {"ARN": 0.0, "BRE": 1.0, "DAL": 0.0}


def test_ranks_sum_to_one_and_follow_the_ties():
    found = {m.party: m.pagerank for m in measure_network(CHAIN)}
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-5)
    assert found["BRE"] > found["DAL"] > found["ARN"]


def test_two_alike_have_half_the_rank_each():
    assert [m.pagerank for m in measure_network([_edge("ARN", "BRE", 1)])] == [0.5, 0.5]


def test_blocs_are_of_those_who_cooperate():
    edges = [
        _edge("ARN", "BRE", 5), _edge("ARN", "DAL", 5), _edge("BRE", "DAL", 5),
        _edge("HAR", "MOR", 4), _edge("ARN", "MOR", 1, 9), _edge("ROH", "MOR", 2, 2),
    ]  # fmt: skip
    assert {m.party: m.bloc for m in measure_network(edges)} == {
        "ARN": 1, "BRE": 1, "DAL": 1, "HAR": 2, "MOR": 2, "ROH": None,
    }  # fmt: skip


def test_no_ties_no_measures():
    assert measure_network([]) == []
    assert measure_network([_edge("ARN", "ARN", 3)]) == []


def test_ranks_by_hand():
    # Two alike with a third between them: 0.05 + 0.85 r = its rank for both, the middle has the rest.
    found = {m.party: m.pagerank for m in measure_network([_edge("A", "B", 1), _edge("C", "B", 1)])}
    assert found["B"] == pytest.approx(0.05 + 0.85 * (1 - found["B"]), abs=1e-5)
    assert found["A"] == found["C"] == pytest.approx(0.05 + 0.85 * found["B"] / 2, abs=1e-5)
    # A tie of three times the weight passes on three times the rank.
    uneven = {m.party: m.pagerank for m in measure_network([_edge("A", "B", 3), _edge("C", "B", 1)])}
    assert uneven["A"] == pytest.approx(0.05 + 0.85 * uneven["B"] * 3 / 4, abs=1e-5)


def test_the_length_of_a_way():
    # 1 / (1 + log n): two ties of 10 are shorter than one of 1, two of 2 are longer.
    for weight, between in ((10, 1.0), (2, 0.0)):
        edges = [_edge("A", "B", weight), _edge("B", "C", weight), _edge("A", "C", 1)]
        assert {m.party: m.betweenness for m in measure_network(edges)}["B"] == between


# Events and cooperation of pairs; the bloc of each party.
BLOCS = [
    ({}, {}), ({"AB": (2, 1)}, {}), ({"AB": (3, 2)}, {"A": 1, "B": 1}), ({"AB": (3, 1)}, {}),
    ({"XY": (9, 9), "AB": (9, 9), "BC": (9, 9), "AC": (9, 9)}, {"A": 1, "B": 1, "C": 1, "X": 2, "Y": 2}),
    ({"XY": (9, 9), "AB": (9, 9)}, {"A": 1, "B": 1, "X": 2, "Y": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("ties", "blocs"), BLOCS)
def test_blocs(ties: dict[str, tuple[int, int]], blocs: dict[str, int]):
    assert find_blocs({frozenset(pair): counts for pair, counts in ties.items()}) == blocs


def test_material_cooperation_counts():
    counts = {"material_cooperation": 2, "verbal_cooperation": 1, "verbal_conflict": 4}
    edge = Edge(actor="A", recipient="B", events=7, counts=counts, intensity=0.0)
    assert [(m.cooperation, m.conflict, m.bloc) for m in measure_network([edge])] == [(3, 4, None)] * 2
