"""A store held open with its index, names and rubric: what every edge (command line, HTTP) thinks over.

The index is saved beside the store and mapped into memory, so that a command starts at once; it is built anew when the
store's revision is another. `Service` is safe to share between threads: readers keep the catalogue they took.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from api.settings import Settings, read_settings
from graph.build import build_index, open_index
from graph.content import Change
from graph.index import Index
from graph.names import Names, build_names
from graph.store import Store, open_store
from loaders.loaded import Loaded
from ontology.errors import DamagedIndex, EmptyCatalogue, Refusal, UnknownSource, Unreadable
from ontology.records import Record
from ontology.rubric import Rubric, default_rubric, read_rubric
from ontology.values import SourceInfo

Tick = Callable[[str, int, int], None]
"""Told while a source is stored: its title, how many records so far, how many in all."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One revision of everything that is known."""

    index: Index
    names: Names


class Service:
    """An open store and what is thought over it. Made by `open_service`; `close` ends it."""

    def __init__(self, settings: Settings, store: Store, rubric: Rubric) -> None:
        self.settings = settings
        self.store = store
        self.rubric = rubric
        self._lock = Lock()
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The index and names of what the store holds now. Raises `EmptyCatalogue` where nothing is loaded."""
        with self._lock:
            if not self.store.sources():
                raise EmptyCatalogue(self.settings.shown_store)
            if self._catalogue is None or self._catalogue.index.revision != self.store.revision():
                index = self._open_index()
                self._catalogue = Catalogue(index, build_names(index))
            return self._catalogue

    @property
    def index(self) -> Index:
        """The index of what the store holds now."""
        return self.catalogue.index

    @property
    def names(self) -> Names:
        """The names of what the store holds now."""
        return self.catalogue.names

    def load(self, loaded: Loaded, *, tick: Tick | None = None) -> tuple[tuple[SourceInfo, Change], ...]:
        """Replace each source that was read, and make the index anew. Each source is whole or as it was."""
        changes = []
        for info, records in loaded.sources:
            counted = records if tick is None else _counting(info.title, records, tick)
            changes.append((info, self.store.replace_source(info, counted)))
        self._refresh()
        return tuple(changes)

    def load_starter(self, *, tick: Tick | None = None) -> tuple[tuple[SourceInfo, Change], ...]:
        """Load the starter graph that ships with credpath. Raises `Unreadable` where a file of it was damaged."""
        from loaders.curated.folder import read_starter

        loaded = read_starter()
        if loaded.refusals:
            raise Unreadable(loaded.refusals)
        return self.load(loaded, tick=tick)

    def drop(self, source_id: str) -> SourceInfo:
        """Forget a source. Raises `UnknownSource` where none is called so."""
        sources = {info.id: info for info in self.store.sources()}
        if source_id not in sources:
            raise UnknownSource(source_id, tuple(sources))
        self.store.remove_source(source_id)
        self._refresh()
        return sources[source_id]

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _refresh(self) -> None:
        if self.store.sources():
            _ = self.catalogue

    def _open_index(self) -> Index:
        folder = self.settings.index_folder
        if folder is None:
            return build_index(self.store)
        try:
            return open_index(self.store, folder)
        except (DamagedIndex, OSError):
            return build_index(self.store)


def _counting(title: str, records: Sequence[Record], tick: Tick) -> Iterator[Record]:
    tick(title, 0, len(records))
    for count, record in enumerate(records, 1):
        yield record
        if count % 200 == 0 or count == len(records):
            tick(title, count, len(records))


@contextmanager
def open_service(settings: Settings | None = None) -> Iterator[Service]:
    """A service over the store that the settings name, closed at the end.

    Raises a `StoreError` where the store cannot be opened, `Unreadable` where the rubric cannot be read.
    """
    settings = settings or read_settings()
    rubric = find_rubric(settings)
    store = open_store(settings.store, settings.access)
    service = Service(settings, store, rubric)
    try:
        yield service
    finally:
        service.close()


def find_rubric(settings: Settings) -> Rubric:
    """The proof rubric in force."""
    if settings.rubric is None:
        return default_rubric()
    try:
        text = settings.rubric.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else str(error)
        raise Unreadable((Refusal(str(settings.rubric), "the file", found, "a proof rubric in TOML"),)) from error
    return read_rubric(text, settings.rubric.name)
