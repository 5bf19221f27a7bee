"""Measures of a network: weight, partners, who lies between others, and blocs."""

from __future__ import annotations

import pytest

from dragoman.analysis.networks import measure_network
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
