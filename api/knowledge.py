"""What is known at one moment: settings, rubric, index and names, for whoever answers.

An open store knows what it holds now; whoever answers one question takes a `Snapshot` of it first, so that no answer is
made of two revisions.
"""

from dataclasses import dataclass
from typing import Protocol

from api.catalogue import Catalogue
from api.settings import Settings
from graph.index import Index
from graph.names import Names
from ontology.errors import EmptyCatalogue
from ontology.rubric import Rubric
from ontology.values import SourceInfo


class Knowledge(Protocol):
    """What a question is answered from."""

    @property
    def settings(self) -> Settings:
        """How this process works."""
        ...

    @property
    def rubric(self) -> Rubric:
        """The proof rubric in force."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """The index and names in force. Raises `EmptyCatalogue` where nothing is loaded."""
        ...

    @property
    def index(self) -> Index:
        """The index in force."""
        ...

    @property
    def names(self) -> Names:
        """The names in force."""
        ...


class Revisions(Protocol):
    """Whatever has a snapshot for each question: an open store, or what others save."""

    @property
    def settings(self) -> Settings:
        """How this process works."""
        ...

    def snapshot(self) -> "Snapshot":
        """What is known now."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The knowledge of one revision, which stays as it is whatever is loaded meanwhile."""

    settings: Settings
    rubric: Rubric
    taken: Catalogue

    @property
    def catalogue(self) -> Catalogue:
        """See `Knowledge`."""
        if not self.taken.index.sources:
            raise EmptyCatalogue(self.settings.shown_store)
        return self.taken

    @property
    def index(self) -> Index:
        """See `Knowledge`."""
        return self.catalogue.index

    @property
    def names(self) -> Names:
        """See `Knowledge`."""
        return self.catalogue.names

    @property
    def sources(self) -> tuple[SourceInfo, ...]:
        """The sources there are, by id."""
        return self.taken.index.sources

    @property
    def revision(self) -> str:
        """The digest of the content."""
        return self.taken.index.revision
