"""A source that is loaded again has mostly stayed as it was, so a store is told what differs and not everything.

Removing a statement costs an embedded store two or three times what loading it did. The old statements come as the
store writes them, node by node and in any order of nodes; nothing of them is kept but what must go.
"""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from graph.content import Change, Content, key_of
from graph.lines import record_said, said_of
from graph.rdf import node_of
from ontology.records import Record


class Difference:
    """What must go from one graph, and what must come, so that it says what a source says now.

    `removed` and `added` are lines of N-Triples. Where there are more than `most` of them they are let go and
    `too_many` is true: then a fresh graph costs less.
    """

    def __init__(self, new: Content, *, most: int) -> None:
        self._most = most
        self._size = len(new.records)
        self._after = {key_of(record): record for record in new.records}
        self._awaited = _nodes(new.records)
        self._before = self._unchanged = 0
        self.removed: list[str] = []
        self.added: list[str] = []
        self.too_many = False

    def take(self, node: str, said: list[str]) -> None:
        """The next node of the old graph (see `graph.lines.Nodes`)."""
        awaited = self._awaited.pop(node, None)
        now = set(said_of(awaited[0], first=awaited[1])[1]) if awaited else set()
        if now == set(said):
            self._before += 1
            self._unchanged += 1
            return
        record = record_said(node, said)
        if record is not None:
            self._before += 1
            self._unchanged += self._after.get(key_of(record)) == record
        self._differ(node, set(said) - now, now - set(said))

    def end(self) -> Change:
        """What the new nodes that are left add, and how the records changed, after the last old node."""
        for node, (record, first) in self._awaited.items():
            self._differ(node, (), said_of(record, first=first)[1])
        self._awaited = {}
        return Change(
            added=self._size - self._unchanged,
            removed=self._before - self._unchanged,
            unchanged=self._unchanged,
            identical=False,
        )

    def _differ(self, node: str, removed: Iterable[str], added: Iterable[str]) -> None:
        if self.too_many:
            return
        self.removed.extend(f"{node} {statement} ." for statement in removed)
        self.added.extend(f"{node} {statement} ." for statement in added)
        if len(self.removed) + len(self.added) > self._most:
            self.too_many = True
            self.removed, self.added = [], []


def told(word: str, graph: NamedNode, lines: Iterable[str]) -> str:
    """The update that tells a graph these lines of N-Triples: to `INSERT` or to `DELETE` them."""
    return "\n".join((f"{word} DATA {{ GRAPH {graph} {{", *lines, "} }"))


def _nodes(records: Iterable[Record]) -> dict[str, tuple[Record, bool]]:
    nodes: dict[str, tuple[Record, bool]] = {}
    for record in records:
        node = str(node_of(record, first=True))
        nodes[node if node not in nodes else str(node_of(record, first=False))] = record, node not in nodes
    return nodes
