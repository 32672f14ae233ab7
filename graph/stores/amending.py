"""One edit more or one less means the same in every store: another set of edits, told from what they are now.

So a backend says only how the edits are changed at once (`edit`), and takes these two from here.
"""

from abc import ABC, abstractmethod

from graph.content import EditsChange, amended, retracted
from ontology.records import Record


class Amending(ABC):
    """What a store does to single edits, by what it does to all."""

    @abstractmethod
    def edit(self, change: EditsChange) -> None:
        """See `graph.store.Store`."""

    def amend(self, record: Record) -> None:
        """See `graph.store.Store`."""
        self.edit(lambda edits: amended(edits, record))

    def retract(self, record: Record) -> None:
        """See `graph.store.Store`."""
        self.edit(lambda edits: retracted(edits, record))
