"""What loads left behind in a folder of RDF, and how a graph of it is read: text out, record by record.

A load that was killed leaves a graph that nothing points to, and a load that ended leaves the one before it. Nobody
reads such a graph, and one transaction over a large one would be held in memory, so it goes piece by piece.
"""

from collections.abc import Callable
from typing import IO, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from graph.iris import GRAPHS
from graph.lines import Nodes
from graph.stores.difference import told
from graph.stores.pointers import REVISION_OF

AT_ONCE = 20_000
"""Statements that are removed in one transaction."""


def sweep(store: pyoxigraph.Store, *, kept: set[NamedNode]) -> None:
    """Remove the graphs of ours but those that are kept, and what was said of them."""
    described = {quad.subject for quad in store.quads_for_pattern(None, REVISION_OF, None, DefaultGraph())}
    stored = set(store.named_graphs())
    ours = [g for g in described | stored if isinstance(g, NamedNode) and g.value.startswith(GRAPHS)]
    for graph in sorted(set(ours) - kept, key=str):
        _clear(store, graph)
        store.remove_graph(graph)
        store.update(f"DELETE WHERE {{ {graph} ?property ?value }}")
        store.flush()


def dump(store: pyoxigraph.Store, graph: str, take: Callable[[str, list[str]], None]) -> None:
    """Give each node of a graph with what is said of it, as N-Triples."""
    nodes = Nodes(take)
    store.dump(cast("IO[bytes]", nodes), RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
    nodes.end()


def _clear(store: pyoxigraph.Store, graph: NamedNode) -> None:
    lines: list[str] = []

    def clear() -> None:
        store.update(told("DELETE", graph, lines))
        lines.clear()

    def take(node: str, said: list[str]) -> None:
        lines.extend(f"{node} {statement} ." for statement in said)
        if len(lines) >= AT_ONCE:
            clear()

    dump(store, graph.value, take)
    clear()
