"""Every error that credpath raises, in one tree. An error carries what happened as data; edges make sentences of it.

CredpathError
├── InputError      what a person asked or wrote cannot be used      (exit code 2)
├── SourceError     a file or a row of a publisher cannot be read    (exit code 2)
├── LoadStopped     somebody stopped a load of several sources       (exit code 130)
├── StoreError      the place where records are kept fails           (exit code 1, or 2 where the user can mend it)
└── WorkError       processes or machines that should work do not    (exit code 2)
"""

from dataclasses import dataclass


class CredpathError(Exception):
    """The base of all. `str(error)` is one plain sentence that says what to do."""


class InputError(CredpathError):
    """What a person asked or wrote cannot be used."""


class SourceError(CredpathError):
    """What a publisher wrote cannot be read."""


class StoreError(CredpathError):
    """The place where records are kept cannot do what was asked."""


class BadValue(InputError):
    """A value that no record may hold, such as a range whose low end is above its high end."""


class UnknownId(InputError):
    """Nothing of that kind has this id."""

    def __init__(self, kind: str, id_: str) -> None:
        super().__init__(f"no {kind} has the id {id_!r}; `credpath find WORDS` lists what there is")
        self.kind = kind
        self.id = id_


FOUND_BY_NAME = ("role", "credential", "competency", "provider", "thing")
"""Kinds that can be searched by words of their names."""


class UnknownName(InputError):
    """No record has this name; `candidates` are the nearest names, best first, and may be empty."""

    def __init__(self, kind: str, words: str, candidates: tuple[str, ...] = ()) -> None:
        offer = f"; did you mean {', '.join(candidates)}?" if candidates else ""
        if not candidates and kind in FOUND_BY_NAME:
            offer = "; `credpath find WORDS` searches all names"
        super().__init__(f"no {kind} is called {words!r}{offer}")
        self.kind = kind
        self.words = words
        self.candidates = candidates


class AmbiguousName(InputError):
    """Several records fit these words, so the person must choose."""

    def __init__(self, kind: str, words: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{words!r} may be any of: {', '.join(candidates)}; say which {kind} you mean")
        self.kind = kind
        self.words = words
        self.candidates = candidates


class BadSetting(InputError):
    """A setting of the process that cannot be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the setting {name} cannot be used: {why}")
        self.name = name
        self.why = why


class EmptyCatalogue(InputError):
    """Nothing has been loaded yet, so there is nothing to answer from."""

    def __init__(self, store: str) -> None:
        super().__init__(f"the store {store} is empty; `credpath load starter` loads the starter graph")
        self.store = store


class UnknownSource(InputError):
    """No source with this id was loaded."""

    def __init__(self, id_: str, known: tuple[str, ...]) -> None:
        there = f"there are {', '.join(known)}" if known else "nothing is loaded"
        super().__init__(f"no source is called {id_!r}; {there}")
        self.id = id_
        self.known = known


class OtherSources(InputError):
    """A store holds sources that a backup lacks, so that restoring would lose them."""

    def __init__(self, store: str, ids: tuple[str, ...]) -> None:
        super().__init__(
            f"the store {store} also holds {', '.join(ids)}, which the backup lacks; "
            "restore into an empty store, or let them go with --exact"
        )
        self.store = store
        self.ids = ids


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing in a file that cannot be taken: where it is, what was found, what was expected.

    `place` is a row and column or a pointer inside the file, such as `row 12, column Skill Level`.
    """

    file: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: found {self.found}, expected {self.expected}"


class Unreadable(SourceError):
    """A whole file that cannot be taken, with the reasons."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        more = f" (and {len(refusals) - 1} more)" if len(refusals) > 1 else ""
        super().__init__(f"{refusals[0]}{more}")
        self.refusals = refusals


class UnusableId(SourceError):
    """An id that cannot be an IRI. `what` is the kind of thing it should name, `why` what to do about it."""

    def __init__(self, id_: str, what: str, why: str) -> None:
        super().__init__(f"the {what} {id_!r} has no usable id: {why}")
        self.id = id_
        self.what = what
        self.why = why


class UnusableText(SourceError):
    """Words with a broken character (half of a surrogate pair), which no file format can hold."""

    def __init__(self, kind: str, id_: str, field: str) -> None:
        super().__init__(f"the {field} of {kind} {id_} holds a broken character; read its file in the right encoding")
        self.kind = kind
        self.id = id_
        self.field = field


class UnusableNumber(SourceError):
    """A whole number beyond 64 bits, which no database holds, or a quantity beyond what plans can be reckoned with."""

    def __init__(self, kind: str, id_: str, field: str, number: int, end: int) -> None:
        super().__init__(
            f"the {field} of {kind} {id_} is {number}, beyond {end}, where such numbers end; "
            "correct it, or give it in larger units"
        )
        self.kind = kind
        self.id = id_
        self.field = field
        self.number = number
        self.end = end


class CollidingStatement(SourceError):
    """One source says two different things of one id at the same place."""

    def __init__(self, kind: str, id_: str, first: str, second: str) -> None:
        super().__init__(
            f"two statements about {kind} {id_} differ at one place: {first} and {second}; give each its own place"
        )
        self.kind = kind
        self.id = id_
        self.first = first
        self.second = second


class ForeignRecord(SourceError):
    """A record of one source stands among the records of another."""

    def __init__(self, id_: str, found: str, expected: str) -> None:
        super().__init__(f"{id_} says that its source is {found!r}, but the source being loaded is {expected!r}")
        self.id = id_
        self.found = found
        self.expected = expected


class UnknownStore(StoreError):
    """A store address that names no backend; `mend` says what to write where that is known."""

    def __init__(self, url: str, mend: str | None = None) -> None:
        usual = (
            "write oxigraph:FOLDER, neo4j://HOST, sparql+https://HOST/DATASET or memory:, such as "
            "oxigraph:./credpath-store"
        )
        super().__init__(f"{url!r} is no store; {mend or usual}")
        self.url = url


class StoreFolderUnusable(StoreError):
    """The folder cannot be written, or holds something that is not a store."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"the store folder {folder} cannot be used: {why}")
        self.folder = folder
        self.why = why


class NoStoreThere(StoreError):
    """Somebody wants to read a store in a folder where none is."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"there is no store in {folder}; is the address right? `credpath load starter` would make one")
        self.folder = folder


class StoreLocked(StoreError):
    """Another process owns the folder: one process at a time may."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"the store folder {folder} is in use by another process; stop that one, or ask it over HTTP")
        self.folder = folder


class StoreFull(StoreError):
    """The disk, or the memory of the server, holds no more."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(f"the store {store} is full: {why}; make room and load again, no source is half written")
        self.store = store
        self.why = why


class TemporaryFolderUnusable(StoreError):
    """The folder for temporary files, where what a store gives is put in order, cannot be written."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(
            f"the folder for temporary files, {folder}, cannot be written: {why}; make room there, or name another "
            "one in TMPDIR"
        )
        self.folder = folder
        self.why = why


class StoreDamaged(StoreError):
    """Files of the store cannot be read, or do not hold what was written to them."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(
            f"the store {store} is damaged: {why}; `credpath restore` puts a backup back, into a new folder"
        )
        self.store = store
        self.why = why


class SourceDamaged(StoreDamaged):
    """A source does not hold what was written to it: another hand changed it in the store."""

    def __init__(self, store: str, source_id: str) -> None:
        StoreError.__init__(
            self,
            f"the source {source_id} in the store {store} does not hold what was written to it; "
            "`credpath load ... --anew` writes it anew, and so does `credpath restore` from a backup",
        )
        self.store = store
        self.why = f"the source {source_id} does not hold what was written to it"
        self.source_id = source_id


class StoreUnreachable(StoreError):
    """No server answers there."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(
            f"nobody answers at {store}: {why.rstrip('.')}; is the server running, and is the address right?"
        )
        self.store = store
        self.why = why


class AccessRefused(StoreError):
    """The server does not take this user and password, or does not let them do this."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(
            f"{store} lets nobody in like that: {why.rstrip('.')}; set CREDPATH_STORE_USER and CREDPATH_STORE_PASSWORD"
        )
        self.store = store
        self.why = why


class StoreReadOnly(StoreError):
    """The server or folder can be read and not written."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(f"the store {store} can only be read: {why}; write where writing is allowed")
        self.store = store
        self.why = why


class UnsuitableServer(StoreError):
    """Something answers, but it is not a server that credpath can use."""

    def __init__(self, store: str, found: str, expected: str) -> None:
        super().__init__(f"{store} is no store for credpath: found {found}, expected {expected}")
        self.store = store
        self.found = found
        self.expected = expected


class StoreRefuses(StoreError):
    """The server was reached and did not do what it was told."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(f"the store {store} refuses: {why}; what was there is as it was")
        self.store = store
        self.why = why


class ChangedButUnread(StoreError):
    """A change was made, and then the store could not be read: the index is not of it yet."""

    def __init__(self, why: StoreError) -> None:
        super().__init__(f"the change is made and stays, but the store could not be read after it: {why}")
        self.why = why


class StoreChanged(StoreError):
    """Another process replaced a source while it was read, so what was read is not whole."""

    def __init__(self, store: str) -> None:
        super().__init__(f"the store {store} was changed by another process while it was read; read it again")
        self.store = store


class EditedMeanwhile(StoreError):
    """An edit is no longer as it was when it was decided what should become of it."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"others edited {id_} meanwhile, so nothing was changed; look at `credpath edits` and try again"
        )
        self.id = id_


class StoreOfOtherVersion(StoreError):
    """The store was written under another version of the schema."""

    def __init__(self, store: str, found: int, expected: int) -> None:
        mend = "upgrade credpath" if found > expected else "load the sources into a new store"
        super().__init__(f"the store {store} has schema version {found} and this credpath has {expected}; {mend}")
        self.store = store
        self.found = found
        self.expected = expected


class StoreClosed(StoreError):
    """The store was asked after it was closed."""

    def __init__(self) -> None:
        super().__init__("the store is closed; open it again")


class UnreadableStatement(StoreError):
    """A node of the store that some other hand changed so that no record can be read from it."""

    def __init__(self, node: str, why: str) -> None:
        super().__init__(
            f"the store holds a statement that cannot be read, {node}: {why}; load its source again with --anew"
        )
        self.node = node
        self.why = why


class DamagedIndex(StoreError):
    """A saved index whose files cannot be read."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"the saved index {folder} cannot be read: {why}; delete its folder, and it is built again")
        self.folder = folder
        self.why = why


class IndexNotSaved(StoreError):
    """The index cannot be written where it is saved, such as on a full disk; the one saved before is whole."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"the index cannot be saved in {folder}: {why}; make room there, or save it elsewhere")
        self.folder = folder
        self.why = why


class IndexNotThere(StoreError):
    """A worker of a batch does not see the saved index that it should plan over."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(
            f"a worker cannot open the saved index in {folder}: {why}; every worker must see that folder under that "
            "path, and --index-folder saves the index where they do"
        )
        self.folder = folder
        self.why = why

    def __reduce__(self) -> tuple[type["IndexNotThere"], tuple[str, str]]:
        return IndexNotThere, (self.folder, self.why)


class LoadStopped(CredpathError):
    """Somebody stopped a load of several sources: those `loaded` are whole, those `left` as before."""

    def __init__(self, loaded: tuple[str, ...], left: tuple[str, ...]) -> None:
        told = (f"loaded: {', '.join(loaded) or 'nothing'}", f"not loaded: {', '.join(left) or 'nothing'}")
        super().__init__(f"stopped; {'; '.join(told)}; run it again")
        self.loaded = loaded
        self.left = left


class WorkError(CredpathError):
    """Processes or machines that should work do not."""


class MissingExtra(WorkError):
    """A part of credpath that is installed only where it is wanted."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs more than is installed; `pip install -e '.[{extra}]'` in the folder of credpath brings it"
        )
        self.extra = extra


class ClusterUnusable(WorkError):
    """A Dask cluster that cannot be reached, or whose workers cannot work."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"the Dask cluster {address} cannot be used: {why}")
        self.address = address
        self.why = why


class WorkersDie(WorkError):
    """Workers end again and again, whatever they are given."""

    def __init__(self, times: int) -> None:
        super().__init__(
            f"workers ended {times} times in a row and finished nothing between; is there enough memory for them? "
            "fewer of them (--workers 1) need less"
        )
        self.times = times
