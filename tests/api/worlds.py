"""One small world that every edge can be asked about, as a store of its own."""

from datetime import date
from pathlib import Path

from api.service import Service
from api.settings import Settings
from graph.store import Store
from graph.stores.memory import MemoryStore
from graph.stores.oxigraph import OxigraphStore
from ontology.records import RECORD_TYPES, Record
from ontology.rubric import default_rubric
from tests.worlds import (
    EXAM,
    PEER_CAPSTONE,
    SOURCE,
    assignment,
    credential,
    fact,
    finding,
    provider,
    role,
    store_of,
    the_credential,
)

TODAY = date(2026, 11, 24)

WORLD = (
    role("Junior baker", family="Baker", asks={"Dough": "Awareness", "Ovens": "Awareness"}),
    role(
        "Senior baker",
        family="Baker",
        asks={"Dough": "Working", "Ovens": "Working", "Pastry": "Awareness", "Cakes": "Awareness"},
        after="Junior baker",
    ),
    provider("Guild", kind="professional body"),
    credential(
        "Dough exam", by="Guild", money=(10000, 12000), minutes=600, assessed=EXAM, assesses={"Dough": "Working"}
    ),
    credential("Oven exam", by="Guild", money=None, minutes=None, assessed=EXAM, assesses={"Ovens": "Working"}),
    credential("Peer pastry", money=0, minutes=60, assessed=PEER_CAPSTONE, assesses={"Pastry": "Awareness"}),
    credential(
        "Master pastry",
        money=5000,
        minutes=60,
        assessed=EXAM,
        assesses={"Pastry": "Working"},
        needs=[fact("three years at an oven")],
    ),
    finding(the_credential("Dough exam"), "verifiable_record"),
    assignment("Bake for a wedding", shows={"Cakes": "Awareness"}),
)


def baking_store() -> Store:
    """The world in a store."""
    return store_of(*WORLD)


def baking() -> Service:
    """A service over the world, in memory."""
    return Service(Settings(store="memory:"), baking_store(), default_rubric())


def empty() -> Service:
    """A service over nothing."""
    return Service(Settings(store="memory:"), MemoryStore(), default_rubric())


def baking_folder(folder: Path) -> str:
    """The world kept in a folder; the address of that store."""
    records: list[Record] = [r for kind in RECORD_TYPES for r in baking_store().records(kind)]
    kept = OxigraphStore(folder / "store")
    kept.replace_source(SOURCE, records)
    kept.close()
    return f"oxigraph:{folder / 'store'}"
