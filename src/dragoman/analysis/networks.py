"""Measures of a network of parties: weight, balance, centrality and bloc of each party."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.record.answers import Edge

_COOPERATION = ("verbal_cooperation", "material_cooperation")
_SEED = 7
# Usual values for PageRank; iteration ends when the ranks change by less than this in total.
_DAMPING, _STILL, _MOST_ROUNDS = 0.85, 1e-9, 200


class PartyMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """One party of a network.

    Attributes:
        party: Its id.
        partners: Number of other parties that it has events with.
        events: Number of events in which it is on either side; a pair of a mutual act counts twice.
        cooperation: Number of these that are cooperation.
        conflict: Number of these that are conflict.
        pagerank: Its PageRank, weighted by events.
        betweenness: Share of shortest paths between two others that contain it, 0 to 1.
        bloc: Number of the group it cooperates with, from 1, the largest first; None if it is in no bloc.
    """

    party: str
    partners: int
    events: int
    cooperation: int
    conflict: int
    pagerank: float
    betweenness: float
    bloc: int | None


def measure_network(edges: Sequence[Edge]) -> list[PartyMeasures]:
    """Measure the parties of a network, as returned by `Record.network`, the most active first.

    Blocs are Louvain communities of the ties in which cooperation outweighs conflict.

    Raises:
        MissingExtraError: networkx is not installed.
    """
    try:
        import networkx as nx
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="networkx", extra="web", what="networks") from error
    cooperation: dict[frozenset[str], int] = {}
    total: dict[frozenset[str], int] = {}
    for edge in edges:
        pair = frozenset((edge.actor, edge.recipient))
        if len(pair) == 2:
            total[pair] = total.get(pair, 0) + edge.events
            together = sum(edge.counts.get(quad, 0) for quad in _COOPERATION)
            cooperation[pair] = cooperation.get(pair, 0) + together
    graph: nx.Graph[str] = nx.Graph()
    for pair in sorted(total, key=sorted):
        one, other = sorted(pair)
        graph.add_edge(one, other, weight=total[pair], distance=1 / (1 + math.log(total[pair])))
    if not graph:
        return []
    rank = _pagerank({party: {o: graph[party][o]["weight"] for o in graph[party]} for party in graph})
    between = nx.betweenness_centrality(graph, weight="distance")
    blocs = _blocs(total, cooperation)
    found = [
        PartyMeasures(
            party=party, partners=len(graph[party]),
            events=sum(total[frozenset((party, other))] for other in graph[party]),
            cooperation=sum(cooperation[frozenset((party, other))] for other in graph[party]),
            conflict=sum(
                total[frozenset((party, other))] - cooperation[frozenset((party, other))]
                for other in graph[party]
            ),
            pagerank=round(rank[party], 6), betweenness=round(between[party], 6), bloc=blocs.get(party),
        )
        for party in graph
    ]  # fmt: skip
    return sorted(found, key=lambda measures: (-measures.events, measures.party))


def find_blocs(ties: Mapping[frozenset[str], tuple[int, int]]) -> dict[str, int]:
    """Return the bloc of each party that has one, numbered from 1, the largest first.

    Args:
        ties: For each pair of parties: the number of events, and of those that are cooperation.

    Raises:
        MissingExtraError: networkx is not installed.
    """
    try:
        return _blocs({pair: t[0] for pair, t in ties.items()}, {pair: t[1] for pair, t in ties.items()})
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="networkx", extra="web", what="networks") from error


def _pagerank(ties: dict[str, dict[str, int]]) -> dict[str, float]:
    """Return PageRank by power iteration; networkx's own needs SciPy. Every party here has ties."""
    size = len(ties)
    rank = dict.fromkeys(ties, 1 / size)
    weight = {party: sum(others.values()) for party, others in ties.items()}
    for _ in range(_MOST_ROUNDS):
        new = {
            party: (1 - _DAMPING) / size
            + _DAMPING * sum(rank[other] * ties[other][party] / weight[other] for other in others)
            for party, others in ties.items()
        }
        moved = sum(abs(new[party] - rank[party]) for party in ties)
        rank = new
        if moved < _STILL:
            break
    return rank


def _blocs(total: dict[frozenset[str], int], cooperation: dict[frozenset[str], int]) -> dict[str, int]:
    import networkx as nx

    friendly: nx.Graph[str] = nx.Graph()
    for pair in sorted(total, key=sorted):
        balance = 2 * cooperation[pair] - total[pair]
        if balance > 0:
            one, other = sorted(pair)
            friendly.add_edge(one, other, weight=balance)
    groups = nx.community.louvain_communities(friendly, weight="weight", seed=_SEED) if friendly else []
    ordered = sorted((sorted(group) for group in groups if len(group) > 1), key=lambda g: (-len(g), g))
    return {party: number for number, group in enumerate(ordered, 1) for party in group}
