from api.present.changes import load
from api.terminal.housekeeping import load_page
from api.terminal.plain import draw_plain
from graph.content import Change
from loaders.loaded import Loaded
from tests.worlds import SOURCE


def told(change: Change) -> str:
    return draw_plain(load_page(load("memory:", Loaded(()), ((SOURCE, change),), "r"))).splitlines()[0]


def test_a_load_says_what_changed() -> None:
    assert told(Change(added=2, removed=1, unchanged=3, identical=False)).endswith("5 records, 2 new, 1 gone.")
    assert told(Change(added=3, removed=0, unchanged=0, identical=False, anew=True)).endswith(
        "3 records, written anew."
    )
    assert told(Change(added=0, removed=0, unchanged=3, identical=True)).endswith("3 records, nothing changed.")
    assert told(Change(added=0, removed=0, unchanged=3, identical=False)).endswith(
        "3 records, none of them changed, what is said of the source did."
    )
