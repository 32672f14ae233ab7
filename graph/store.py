"""Where records are kept, as the rest of credpath sees it: a source is replaced as a whole, records are read by kind.

A backend is one file in `graph/stores` and answers no question of the domain: what several sources say about one thing
is decided by `graph.fuse`, and questions are asked of the index. The laws of the protocol, which every backend passes:

- what was put in comes out, field by field, and nothing else does
- `replace_source` is whole: a failing iterator, a bad record, a killed process or server leaves the source as it was
- what was acknowledged (a call that returned) is there after any process or server was killed
- two processes that write to one server at once lose nothing: of two `replace_source` of one source the later wins, of
  two `edit` both count, the second made of what the first left
- the order in which sources are loaded, or records stand in them, changes neither `records` nor `revision`
- the same source again changes nothing, unless it is to be written anew: then all of it is what was given, whatever
  another hand did to it
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from graph.address import NEO4J, SPARQL, Access, folder_of, read_address
from graph.content import Change, EditsChange
from ontology.errors import UnknownStore
from ontology.records import R, Record
from ontology.values import SourceInfo


class Store(Protocol):
    """Keeps the records of many sources; `open_store` makes one and `close` ends it."""

    def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
        """Let these records, and no others, be what this source says.

        With `anew` all is written also where the store believes that it holds the same, and what was there is not read:
        another hand may have changed it.

        Raises a `SourceError` for a record that no store can keep (see `graph.content.gather`) and a `StoreError`
        where writing fails; the source is then as it was.
        """
        ...

    def edit(self, change: EditsChange) -> None:
        """Let the source `edits` say what `change` makes of what it says, and let no other edit come between.

        `change` is given the edits in the order of their keys and gives them all; it asks nothing of this store. It may
        be asked again, where another writer came first or the answer of a server was lost, and so must leave as it is
        what it did already. Where it raises, nothing is changed. The source `edits` goes with its last edit.
        """
        ...

    def amend(self, record: Record) -> None:
        """Put one record into the source `edits`, in place of the edit with the same kind, id and place.

        The record may come from another source: as an edit it is ours.
        """
        ...

    def retract(self, record: Record) -> None:
        """Take back the edit with the same kind, id and place; one that is not there is taken back already."""
        ...

    def remove_source(self, source_id: str) -> None:
        """Forget a source; one that is not there is forgotten already."""
        ...

    def sources(self) -> tuple[SourceInfo, ...]:
        """The sources there are, by id."""
        ...

    def records(self, record_type: type[R]) -> Iterator[R]:
        """What all sources now say of one kind of thing, by id, source id and place.

        The records are those of the moment of the call, whatever this process loads meanwhile. Where another process
        replaced a source before all was read, the iterator ends with `StoreChanged`.
        """
        ...

    def records_of(self, source_id: str) -> Iterator[Record]:
        """All that one source now says, in the order of `graph.content.key_of`; like `records` otherwise."""
        ...

    def digests(self) -> Mapping[str, str]:
        """The digest of each source's content (`graph.content.Content`), by source id."""
        ...

    def revision(self) -> str:
        """A digest of the content: equal content has the equal revision, in whichever order it came."""
        ...

    def edition(self) -> str:
        """What tells the content now from all content before and after it, also from equal content.

        Who finds the same edition before and after several reads has read one content. It says nothing to another
        process or another store.
        """
        ...

    def close(self) -> None:
        """Let go of the folder or connection; every later call raises `StoreClosed`."""
        ...


def open_store(url: str, access: Access | None = None, *, make: bool = True) -> Store:
    """The store at a URL (`graph.address` lists the kinds); a folder is made if it is not there, unless `make` forbids.

    Raises `UnknownStore`, `NoStoreThere` where a folder may not be made, `StoreLocked`, `StoreOfOtherVersion`, or the
    `StoreError` that says why not.
    """
    address = read_address(url, access)
    match address.scheme:
        case "memory" if not address.rest:
            from graph.stores.memory import MemoryStore

            return MemoryStore()
        case "oxigraph" if address.rest:
            from graph.stores.oxigraph import OxigraphStore

            return OxigraphStore(folder_of(address.rest), make=make)
        case scheme if scheme in NEO4J and address.rest.startswith("//"):
            from graph.stores.neo4j.store import Neo4jStore

            return Neo4jStore(address)
        case scheme if scheme in SPARQL and address.rest.startswith("//"):
            from graph.stores.sparql.store import SparqlStore

            return SparqlStore(address)
        case _:
            raise UnknownStore(address.url)


def check_files(store: Store, *, step: Callable[[int], None] | None = None) -> None:
    """Read a store in a folder through all of its files. Raises `StoreDamaged`; a server looks after its own.

    `step` is told now and then how many statements were read.
    """
    from graph.stores.oxigraph import OxigraphStore

    if isinstance(store, OxigraphStore):
        store.check_files(step=step)
