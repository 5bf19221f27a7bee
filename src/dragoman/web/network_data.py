"""Data of the network page: nodes, directed edges, ties and a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.analysis.networks import find_blocs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.record.answers import Edge, Tie

_COOPERATION = ("verbal_cooperation", "material_cooperation")
# Maximum number that a browser draws smoothly; the weakest beyond that are omitted, and the page notes it.
MOST_NODES = 2000
MOST_EDGES = 5000
# Minimum share of cooperation of each balance class: 5 mostly cooperation, 1 mostly conflict.
_CLASSES = ((0.8, 5), (0.6, 4), (0.4, 3), (0.2, 2), (-1.0, 1))


class Cell(NamedTuple):
    """Number of events of one party toward another, and their balance class."""

    events: int
    balance: int


class Matrix(NamedTuple):
    """Matrix of the events among the most active parties."""

    parties: list[str]
    cells: dict[tuple[str, str], Cell]


class CountedTie(NamedTuple):
    """Number of events between two parties in both directions."""

    one: str
    other: str
    events: int
    cooperation: int
    balance: int

    @property
    def conflict(self) -> int:
        """Number of conflict events."""
        return self.events - self.cooperation


class Network(NamedTuple):
    """Network of parties.

    Attributes:
        nodes: Id, name, number of events and bloc of each drawn party.
        edges: Source node, target node, number of events, number of cooperative events and balance class of
            each drawn edge.
        ties: All pairs, most events first.
        blocs: Groups of parties that cooperate more with each other than with others.
        weight: Number of events of each party.
        all_nodes: Number of parties, drawn or not.
        all_edges: Number of edges, drawn or not.
        directed: All edges, by source and target.
    """

    nodes: list[tuple[str, str, int, int]]
    edges: list[tuple[int, int, int, int, int]]
    ties: list[CountedTie]
    blocs: list[list[str]]
    weight: dict[str, int]
    all_nodes: int
    all_edges: int
    directed: dict[tuple[str, str], Cell]

    def matrix(self, *, sort: str, most: int, name: Callable[[str], str]) -> Matrix:
        """Return the matrix of the most active parties, sorted by events, name or bloc."""
        busiest = sorted(self.weight, key=lambda party: (-self.weight[party], party))[:most]
        if sort == "name":
            busiest.sort(key=name)
        elif sort == "bloc":
            number = {party: at for at, bloc in enumerate(self.blocs) for party in bloc}
            busiest.sort(key=lambda party: (number.get(party, len(number)), -self.weight[party]))
        shown = set(busiest)
        cells = {pair: cell for pair, cell in self.directed.items() if shown.issuperset(pair)}
        return Matrix(busiest, cells)


def is_identified(party: str) -> bool:
    """Return False for a group without a name and a country ("officials"); networks exclude these."""
    return not party.startswith("G:")


def balance_of(events: int, cooperation: int) -> int:
    """Return the balance class: 5 mostly cooperation, 1 mostly conflict."""
    share = cooperation / events if events else 0.5
    return next(number for least, number in _CLASSES if share >= least)


def make_network(
    edges: Sequence[Edge], ties: Sequence[Tie], *, ego: str | None, name: Callable[[str], str]
) -> Network:
    """Build a network.

    Args:
        edges: Directed edges between parties, most events first.
        ties: Undirected ties between parties, most events first.
        ego: If given, only this party, its partners and the edges among them.
        name: Function that returns the name of a party.
    """
    named = [t for t in ties if is_identified(t.one) and is_identified(t.other)]
    if ego is not None:
        near = {ego} | {t.other if t.one == ego else t.one for t in named if ego in (t.one, t.other)}
        named = [t for t in named if t.one in near and t.other in near]
    counted = [_counted(tie) for tie in named]
    weight: dict[str, int] = {}
    for tie in counted:
        for party in (tie.one, tie.other):
            weight[party] = weight.get(party, 0) + tie.events
    blocs = find_blocs({frozenset((t.one, t.other)): (t.events, t.cooperation) for t in counted})
    kept = sorted(weight, key=lambda party: (party != ego, -weight[party], party))[:MOST_NODES]
    number = {party: at for at, party in enumerate(kept)}
    among = [e for e in edges if e.actor in weight and e.recipient in weight and e.actor != e.recipient]
    directed = {
        (e.actor, e.recipient): Cell(e.events, balance_of(e.events, _cooperation(e.counts))) for e in among
    }
    drawn = [e for e in among if e.actor in number and e.recipient in number][:MOST_EDGES]
    return Network(
        nodes=[(party, name(party), weight[party], blocs.get(party, 0)) for party in kept],
        edges=[
            (
                number[e.actor], number[e.recipient], e.events, _cooperation(e.counts),
                directed[e.actor, e.recipient].balance,
            )
            for e in drawn
        ],
        ties=counted,
        blocs=[
            sorted((p for p, bloc in blocs.items() if bloc == at), key=lambda p: -weight[p])
            for at in sorted(set(blocs.values()))
        ],
        weight=weight, all_nodes=len(weight), all_edges=len(among), directed=directed,
    )  # fmt: skip


def _cooperation(counts: dict[str, int]) -> int:
    return sum(counts.get(quad, 0) for quad in _COOPERATION)


def _counted(tie: Tie) -> CountedTie:
    together = _cooperation(tie.counts)
    return CountedTie(tie.one, tie.other, tie.events, together, balance_of(tie.events, together))
