"""Records that do not fit into one run come back in order all the same."""

import random

from graph.content import order_of
from graph.stores.spool import Spool
from ontology.records import Role
from ontology.values import Source


def roles(count: int) -> list[Role]:
    return [Role(id=f"id/b/role/{n:04}", source=Source(id="b", place="p"), name="x") for n in range(count)]


def test_what_was_spooled_in_runs_comes_back_in_order() -> None:
    shuffled = roles(3_210)
    random.Random(3).shuffle(shuffled)
    spool: Spool[Role] = Spool(order_of, run=700)
    for role in shuffled:
        spool.add(role)
    assert list(spool.in_order()) == roles(3_210)


def test_a_run_that_is_just_full_loses_nothing() -> None:
    spool: Spool[Role] = Spool(order_of, run=4)
    for role in reversed(roles(8)):
        spool.add(role)
    assert list(spool.in_order()) == roles(8)


def test_an_empty_spool_gives_nothing() -> None:
    assert list(Spool[Role](order_of).in_order()) == []
