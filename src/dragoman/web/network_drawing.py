"""Who deals with whom as a drawing: a force layout, the blocs in it, lines coloured by what prevails."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.record.answers import Edge

_SIZE, _HEIGHT, _MARGIN = 900.0, 620.0, 46.0
_COOPERATION = ("verbal_cooperation", "material_cooperation")
# More than this on one page nobody can read.
MOST_NODES = 48
MOST_LINES = 160
_SEED = 7


class Tie(NamedTuple):
    """What two parties had with each other, in both directions."""

    one: str
    other: str
    events: int
    cooperation: int
    quad: str

    @property
    def conflict(self) -> int:
        """How many of the events are conflict."""
        return self.events - self.cooperation


class Drawing(NamedTuple):
    """The drawing, and the same in words."""

    svg: Markup
    blocs: list[list[str]]
    ties: list[Tie]
    left_out: int


def join_edges(edges: Sequence[Edge]) -> list[Tie]:
    """Put both directions of each pair together, the busiest first."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for edge in edges:
        if edge.actor == edge.recipient:
            continue
        one, other = sorted((edge.actor, edge.recipient))
        counts = sums.setdefault((one, other), {})
        for quad, count in edge.counts.items():
            counts[quad] = counts.get(quad, 0) + count
    ties = []
    for (one, other), counts in sums.items():
        total = sum(counts.values())
        together = sum(counts.get(quad, 0) for quad in _COOPERATION)
        ties.append(Tie(one, other, total, together, max(counts, key=lambda quad: counts[quad])))
    return sorted(ties, key=lambda tie: (-tie.events, tie.one, tie.other))


def draw_network(
    ties: Sequence[Tie], *, name: Callable[[str], str], href: Callable[[str, str], str]
) -> Drawing:
    """Draw ties.

    Args:
        ties: The busiest first.
        name: Names a party.
        href: Where the events of a pair are listed.
    """
    weight: dict[str, int] = {}
    for tie in ties:
        for party in (tie.one, tie.other):
            weight[party] = weight.get(party, 0) + tie.events
    shown = set(sorted(weight, key=lambda party: (-weight[party], party))[:MOST_NODES])
    drawn = [tie for tie in ties if tie.one in shown and tie.other in shown][:MOST_LINES]
    graph: nx.Graph[str] = nx.Graph()
    for tie in drawn:
        graph.add_edge(tie.one, tie.other, weight=1 + math.log(tie.events))
    if not graph:
        return Drawing(Markup(""), [], list(drawn), len(ties))
    blocs = _blocs(drawn)
    places = _places(graph)
    letter = {party: chr(ord("A") + n) for n, bloc in enumerate(blocs[:26]) for party in bloc}
    most = max(tie.events for tie in drawn)
    out = [
        f'<svg id="network" class="network" viewBox="0 0 {_SIZE:g} {_HEIGHT:g}" role="group" '
        'aria-label="Who cooperates and conflicts with whom; the table below says the same">',
        '<g class="scene">',
    ]
    for tie in reversed(drawn):
        (x1, y1), (x2, y2) = places[tie.one], places[tie.other]
        width = 1 + 5 * math.sqrt(tie.events / most)
        told = f"{tie.cooperation} of cooperation, {tie.conflict} of conflict"
        words = f"{name(tie.one)} and {name(tie.other)}: {told}"
        out.append(
            f'<a href="{escape(href(tie.one, tie.other))}" tabindex="-1" aria-label="{escape(words)}">'
            f"<title>{escape(words)}</title>"
            f'<line class="tie {tie.quad}" data-one="{escape(tie.one)}" data-other="{escape(tie.other)}"'
            f' x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke-width="{width:.1f}"/></a>'
        )
    heaviest = max(weight[party] for party in graph)
    for party in sorted(graph, key=lambda party: weight[party]):
        x, y = places[party]
        radius = 6 + 11 * math.sqrt(weight[party] / heaviest)
        out.append(
            f'<g class="node" data-id="{escape(party)}" transform="translate({x:.1f} {y:.1f})">'
            f'<circle r="{radius:.1f}"/>'
            f'<text class="bloc" y="3.5" text-anchor="middle">{letter.get(party, "")}</text>'
            f'<text class="label" y="{radius + 13:.1f}" text-anchor="middle">{escape(name(party))}</text></g>'
        )
    out.append("</g></svg>")
    # All words went through `escape`; the rest is numbers.
    return Drawing(Markup("".join(out)), blocs, list(drawn), len(ties) - len(drawn))  # noqa: S704


def _blocs(ties: Sequence[Tie]) -> list[list[str]]:
    """Find groups that cooperate more among themselves: ties count by cooperation less conflict."""
    friendly: nx.Graph[str] = nx.Graph()
    for tie in ties:
        if tie.cooperation > tie.conflict:
            friendly.add_edge(tie.one, tie.other, weight=tie.cooperation - tie.conflict)
    if not friendly:
        return []
    found = nx.community.louvain_communities(friendly, weight="weight", seed=_SEED)
    return [
        sorted(bloc) for bloc in sorted(found, key=lambda bloc: (-len(bloc), sorted(bloc))) if len(bloc) > 1
    ]


def _places(graph: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    nodes = sorted(graph)
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1])))
    spread = 2.6 / math.sqrt(len(nodes))
    layout = nx.spring_layout(ordered, k=spread, iterations=120, weight="weight", seed=_SEED)
    xs = [float(spot[0]) for spot in layout.values()]
    ys = [float(spot[1]) for spot in layout.values()]
    wide, high = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    return {
        party: (
            _MARGIN + (float(spot[0]) - min(xs)) / wide * (_SIZE - 2 * _MARGIN),
            _MARGIN + (float(spot[1]) - min(ys)) / high * (_HEIGHT - 2 * _MARGIN),
        )
        for party, spot in layout.items()
    }
