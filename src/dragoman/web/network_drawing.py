"""Who deals with whom as a drawing: a force layout, the blocs in it, lines coloured by what prevails."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.record.answers import Tie as CountedTie

_SIZE, _HEIGHT, _MARGIN = 900.0, 620.0, 46.0
_COOPERATION = ("verbal_cooperation", "material_cooperation")
# More than this on one page nobody can read.
MOST_NODES = 48
MOST_LINES = 160
_SEED = 7
# How far apart two parties should be, across and up, in units of the drawing.
_APART_X, _APART_Y = 84.0, 44.0


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


def make_ties(found: Sequence[CountedTie]) -> list[Tie]:
    """Say of each tie how much of it is cooperation, and which class prevails."""
    ties = []
    for tie in found:
        together = sum(tie.counts.get(quad, 0) for quad in _COOPERATION)
        prevailing = max(tie.counts, key=lambda quad: tie.counts[quad])
        ties.append(Tie(tie.one, tie.other, tie.events, together, prevailing))
    return ties


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
            f'<a href="{escape(href(tie.one, tie.other))}" data-count="{tie.events}" tabindex="-1"'
            f' aria-label="{escape(words)}">'
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
    """Lay out each connected part by itself: the largest to the left, the others in a column beside it."""
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    others = parts[1:]
    share = 1.0 if not others else max(0.6, min(0.74, len(parts[0]) / len(graph)))
    places = _fit(graph, parts[0], (0.0, 0.0, _SIZE * share, _HEIGHT))
    top = 0.0
    weights = [math.sqrt(len(part)) for part in others]
    for part, weight in zip(others, weights, strict=True):
        high = _HEIGHT * weight / sum(weights)
        places |= _fit(graph, part, (_SIZE * share, top, _SIZE * (1 - share), high))
        top += high
    return places


def _fit(
    graph: nx.Graph[str], part: set[str], box: tuple[float, float, float, float]
) -> dict[str, tuple[float, float]]:
    """Lay out one part by forces and stretch it to a box (left, top, width, height)."""
    nodes = sorted(part)
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(nodes)
    inner = graph.subgraph(part).edges(data=True)
    ordered.add_edges_from(sorted(inner, key=lambda edge: (edge[0], edge[1])))
    layout = nx.spring_layout(ordered, k=2.8 / math.sqrt(len(nodes)), iterations=150, seed=_SEED)
    xs = [float(spot[0]) for spot in layout.values()]
    ys = [float(spot[1]) for spot in layout.values()]
    wide, high = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    left, top, width, height = box
    margin_x, margin_y = min(_MARGIN, width / 3), min(_MARGIN, height / 3)
    places = [
        [
            left + margin_x + (x - min(xs)) / wide * (width - 2 * margin_x),
            top + margin_y + (y - min(ys)) / high * (height - 2 * margin_y),
        ]
        for x, y in zip(xs, ys, strict=True)
    ]
    low = (left + margin_x * 0.8, top + margin_y * 0.8)
    _part_ways(places, low, (left + width - margin_x * 0.8, top + height - margin_y * 0.9))
    return {party: (x, y) for party, (x, y) in zip(layout, places, strict=True)}


def _part_ways(places: list[list[float]], low: tuple[float, float], high: tuple[float, float]) -> None:
    """Push apart what lies on each other, names counted, and keep all inside."""
    for _ in range(80):
        for n, one in enumerate(places):
            for other in places[n + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                # Names are wider than high.
                near = math.hypot(dx / _APART_X, dy / _APART_Y)
                if near >= 1:
                    continue
                push = (1 - near) / 4
                sx = math.copysign(_APART_X * push, dx or 1e-9) * 0.5
                sy = math.copysign(_APART_Y * push, dy or 1e-9)
                one[0], one[1], other[0], other[1] = one[0] - sx, one[1] - sy, other[0] + sx, other[1] + sy
        for spot in places:
            for axis in (0, 1):
                spot[axis] = max(low[axis], min(high[axis], spot[axis]))
