"""The process that is killed, or whose server is: it opens the store and does one step after another, for ever.

`python -m tests.torture.child SEED NUMBER REVISION`, the URL in CREDPATH_TORTURE_URL. On its output: `opening`,
`open NUMBER`, then `begin NUMBER WHAT` before each step and `done NUMBER` when the call has returned, which is what
acknowledged means. Step NUMBER was in flight when a process before this one was killed; where the store is no longer
at REVISION it was done after all, and this process goes on with the next one. `failed ERROR` ends a process whose
server is gone; any other error is a fault, and its exit code says so.
"""

import os
import sys

from graph.store import open_store
from ontology.errors import StoreError
from tests.torture.steps import after, perform, step_of
from tests.torture.verdict import read_state


def main(url: str, seed: int, number: int, revision: str) -> None:
    """Work until killed."""
    say("opening")
    store = open_store(url)
    state = read_state(store)
    number += store.revision() != revision
    say(f"open {number}")
    while True:
        step = step_of(seed, number, state)
        say(f"begin {number} {step.what}")
        perform(store, step)
        say(f"done {number}")
        state = after(state, step)
        number += 1


def say(words: str) -> None:
    """Write a line in one piece: what is in the pipe survives the process."""
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    try:
        main(os.environ["CREDPATH_TORTURE_URL"], int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    except StoreError as gone:
        say(f"failed {type(gone).__name__}")
