from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.service import Service
from api.settings import Settings
from api.shapes.schemas import to_json
from graph.stores.memory import MemoryStore
from loaders.curated.folder import read_starter
from ontology.rubric import default_rubric


def answer(*, backward: bool) -> str:
    store = MemoryStore()
    sources = read_starter().sources
    for info, records in reversed(sources) if backward else sources:
        store.replace_source(info, reversed(records) if backward else records)
    service = Service(Settings(store="memory:"), store, default_rubric())
    asked = Asked(role="Service readiness analyst", to="Service transition manager", today="2026-11-24")
    return to_json(answer_next(service, asked))


def test_sources_loaded_in_another_order_give_the_same_answer() -> None:
    assert answer(backward=False) == answer(backward=True)
