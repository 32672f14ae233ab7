"""A short run of `make torture`: nothing that was acknowledged is lost, and nothing is half-written."""

import pytest

from tests.torture.backends import opened
from tests.torture.rounds import Torture, Victim

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "victim", "kills"), [("oxigraph", "client", 15)])
def test_whoever_is_killed_nothing_is_lost_and_nothing_is_half(name: str, victim: Victim, kills: int) -> None:
    with opened(name) as backend:
        tally = Torture(backend, victim, seed=7).run(kills)
    assert tally.wrong == []
    assert tally.kills == kills
    assert tally.acknowledged > kills
    assert set(tally.outcomes) <= {"kept", "left out"}
