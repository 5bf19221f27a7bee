"""The data of the network page: who is drawn, how edges are weighed, blocs, the matrix."""

from __future__ import annotations

import pytest

from dragoman.record.answers import Edge, Tie
from dragoman.web import network_data
from dragoman.web.network_data import Cell, balance_of, is_identified, make_network

# Ties: two parties, how many events, how many of them cooperation.
TIES = [("A", "B", 10, 9), ("B", "C", 6, 5), ("C", "D", 5, 0), ("D", "E", 4, 4), ("A", "G:MIL", 3, 3)]


def counts(events: int, cooperation: int) -> dict[str, int]:
    return {"material_cooperation": cooperation, "verbal_conflict": events - cooperation}


def network(ties=TIES, *, ego: str | None = None, extra: tuple[tuple[str, str, int, int], ...] = ()):
    edges = [
        Edge(actor=one, recipient=other, events=events, counts=counts(events, together), intensity=0.0)
        for one, other, events, together in (*ties, *extra)
    ]
    found = [
        Tie(one=one, other=other, events=events, counts=counts(events, together))
        for one, other, events, together in ties
    ]
    return make_network(edges, found, ego=ego, name=str.lower)


# Events, how many of them cooperation, the class of the balance: each share at its limit and just below.
BALANCES = [
    (0, 0, 3), (10, 10, 5), (10, 8, 5), (100, 79, 4), (10, 6, 4), (100, 59, 3), (10, 4, 3), (100, 39, 2),
    (10, 2, 2), (100, 19, 1), (10, 0, 1),
]  # fmt: skip


@pytest.mark.parametrize(("events", "cooperation", "balance"), BALANCES)
def test_balances(events: int, cooperation: int, balance: int) -> None:
    assert balance_of(events, cooperation) == balance


@pytest.mark.parametrize(
    ("party", "named"), [("G:MIL", False), ("RUS", True), ("RUS:GOV", True), ("GUY", True)]
)
def test_groups_without_a_name_are_left_out(party: str, named: bool) -> None:
    assert is_identified(party) is named


def test_nodes_are_weighed_by_their_ties_and_the_busiest_first() -> None:
    found = network()
    assert [(party, name, weight) for party, name, weight, _ in found.nodes] == [
        ("B", "b", 16), ("C", "c", 11), ("A", "a", 10), ("D", "d", 9), ("E", "e", 4),
    ]  # fmt: skip
    assert found.weight == {"A": 10, "B": 16, "C": 11, "D": 9, "E": 4}
    assert (found.all_nodes, found.all_edges) == (5, 4)


def test_blocs_are_those_who_cooperate() -> None:
    found = network()
    assert found.blocs == [["B", "C", "A"], ["D", "E"]]
    assert {party: bloc for party, _, _, bloc in found.nodes} == {"A": 1, "B": 1, "C": 1, "D": 2, "E": 2}
    assert [bloc for _, _, _, bloc in network([("A", "B", 4, 0)]).nodes] == [0, 0]


def test_edges_are_numbered_by_their_nodes() -> None:
    found = network(extra=(("B", "A", 2, 1), ("A", "A", 9, 9)))
    number = {party: at for at, (party, _, _, _) in enumerate(found.nodes)}
    assert found.edges == [
        (number["A"], number["B"], 10, 9, 5), (number["B"], number["C"], 6, 5, 5),
        (number["C"], number["D"], 5, 0, 1), (number["D"], number["E"], 4, 4, 5),
        (number["B"], number["A"], 2, 1, 3),
    ]  # fmt: skip
    assert found.directed["B", "A"] == Cell(2, 3)
    assert ("A", "A") not in found.directed


def test_ties_say_how_much_is_conflict() -> None:
    first = network().ties[0]
    assert (first.one, first.other, first.events, first.cooperation, first.conflict, first.balance) == (
        "A", "B", 10, 9, 1, 5,
    )  # fmt: skip


# A party; who is near it, itself first; the ties among those.
EGOS = [("C", ["C", "B", "D"], 2), ("A", ["A", "B"], 1), ("E", ["E", "D"], 1), ("X", [], 0)]


@pytest.mark.parametrize(("ego", "nodes", "ties"), EGOS)
def test_the_network_around_a_party(ego: str, nodes: list[str], ties: int) -> None:
    found = network(ego=ego)
    assert [party for party, _, _, _ in found.nodes] == nodes
    assert len(found.ties) == ties


def test_partners_of_a_party_keep_their_own_ties() -> None:
    found = network([("A", "B", 3, 3), ("A", "C", 3, 3), ("B", "C", 2, 2), ("C", "D", 9, 9)], ego="A")
    assert {(tie.one, tie.other) for tie in found.ties} == {("A", "B"), ("A", "C"), ("B", "C")}


def test_only_so_many_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_data, "MOST_NODES", 3)
    monkeypatch.setattr(network_data, "MOST_EDGES", 1)
    found = network()
    assert [party for party, _, _, _ in found.nodes] == ["B", "C", "A"]
    assert len(found.edges) == 1
    assert (found.all_nodes, found.all_edges, len(found.directed), len(found.ties)) == (5, 4, 4, 4)


# How a matrix is sorted; its parties.
SORTS = [("events", ["B", "C", "A"]), ("name", ["A", "B", "C"]), ("bloc", ["B", "C", "A"])]


@pytest.mark.parametrize(("sort", "parties"), SORTS)
def test_a_matrix_has_the_busiest(sort: str, parties: list[str]) -> None:
    found = network().matrix(sort=sort, most=3, name=str.lower)
    assert found.parties == parties
    assert set(found.cells) == {("A", "B"), ("B", "C")}
    assert found.cells["A", "B"] == Cell(10, 5)


def test_a_matrix_by_bloc_keeps_blocs_together() -> None:
    ties = [("A", "B", 10, 10), ("C", "D", 9, 9), ("A", "E", 12, 0), ("A", "D", 3, 0)]
    found = network(ties).matrix(sort="bloc", most=5, name=str.lower)
    assert found.parties[-1] == "E"
    assert {*found.parties[:2]} in ({"A", "B"}, {"C", "D"})
    assert {*found.parties[2:4]} in ({"A", "B"}, {"C", "D"})


def test_without_events() -> None:
    found = network([])
    assert (found.nodes, found.edges, found.ties, found.blocs, found.weight) == ([], [], [], [], {})
    assert found.matrix(sort="bloc", most=9, name=str.lower) == ([], {})


def test_order_of_equal_parties() -> None:
    found = network([("B", "A", 2, 1), ("D", "C", 2, 1)])
    assert [party for party, *_ in found.nodes] == ["A", "B", "C", "D"]
    assert found.matrix(sort="events", most=3, name=str.lower).parties == ["A", "B", "C"]
    assert found.matrix(sort="name", most=9, name=lambda party: {"A": "z"}.get(party, party)).parties == [
        "B", "C", "D", "A",
    ]  # fmt: skip


def test_ties_with_groups_are_left_out_on_either_side() -> None:
    found = network(
        [("G:MIL", "A", 9, 9), ("A", "G:MIL", 9, 9), ("A", "B", 1, 1)], extra=(("G:MIL", "A", 5, 5),)
    )
    assert found.weight == {"A": 1, "B": 1}
    assert list(found.directed) == [("A", "B")]
    assert found.all_edges == 1


def test_both_kinds_of_cooperation_count() -> None:
    quads = {"verbal_cooperation": 2, "material_cooperation": 3, "verbal_conflict": 4, "material_conflict": 5}
    assert network_data._cooperation(quads) == 5
    assert network_data._cooperation({"verbal_conflict": 4}) == 0
