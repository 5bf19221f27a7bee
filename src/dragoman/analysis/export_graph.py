"""Parties and their events as a graph for Gephi, Cytoscape, igraph and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record.answers import Edge

_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def write_graph(edges: Sequence[Edge], out: BinaryIO, *, form: str, names: dict[str, str]) -> int:
    """Write a directed graph, one edge for each pair with its counts and mean intensity.

    Args:
        edges: The pairs.
        out: The file to write to.
        form: graphml or gexf.
        names: Names of parties by id, used as labels.

    Returns:
        Number of edges written.

    Raises:
        MissingExtraError: networkx is not installed.
    """
    try:
        import networkx as nx
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="networkx", extra="web", what="graphs") from error
    graph: nx.DiGraph[str] = nx.DiGraph()
    for edge in edges:
        for party in (edge.actor, edge.recipient):
            graph.add_node(party, label=names.get(party, party))
        counts = {quad: edge.counts.get(quad, 0) for quad in _QUADS}
        graph.add_edge(
            edge.actor, edge.recipient, weight=edge.events, intensity=round(edge.intensity, 4), **counts
        )
    writer = nx.write_graphml_xml if form == "graphml" else nx.write_gexf
    writer(graph, out)
    return int(graph.number_of_edges())
