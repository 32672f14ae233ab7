"""A folder keeps each statement in six orders, in files of their own, and a read looks into one or two of them.

So a file can be damaged and nobody notices, until a load has to rewrite it. Whoever promises that a folder is whole
reads it in every order: RocksDB checks each block that it reads.
"""

from collections.abc import Callable, Iterable

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

Step = Callable[[int], None]
"""Told now and then how many statements were looked up so far."""

EVERY = 5_000
"""So many statements are looked up between two steps."""

REMEMBERED = 200_000
"""Values that are known to be read; beyond them some are read twice, so that memory stays bounded."""


def read_every_order(store: pyoxigraph.Store, *, graph: NamedNode | None = None, step: Step | None = None) -> None:
    """Read each statement in each order, or each one of a graph. Raises what pyoxigraph does where it cannot."""
    read = store.quads_for_pattern
    looked, known, properties = 0, set[object](), set[NamedNode]()
    for each in (DefaultGraph(), *store.named_graphs()) if graph is None else (graph,):
        here, used, subject = set[object](), set[NamedNode](), None
        for quad in read(None, None, None, each):  # by graph and subject
            looked += 1
            if step is not None and looked % EVERY == 0:
                step(looked)
            used.add(quad.predicate)
            if quad.subject != subject:
                subject = quad.subject
                _exhaust(read(quad.subject, None, None, None))  # by subject
            if quad.object not in here:
                _remember(here, quad.object)
                _exhaust(read(None, None, quad.object, each))  # by graph and object
                if quad.object not in known:
                    _remember(known, quad.object)
                    _exhaust(read(None, None, quad.object, None))  # by object
        for term in used:
            _exhaust(read(None, term, None, each))  # by graph and property
        properties |= used
    for term in properties:
        _exhaust(read(None, term, None, None))  # by property


def _exhaust(quads: Iterable[Quad]) -> None:
    for _ in quads:
        pass


def _remember(values: set[object], value: object) -> None:
    if len(values) >= REMEMBERED:
        values.clear()
    values.add(value)
