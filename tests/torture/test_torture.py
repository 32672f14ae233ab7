"""A short run of `make torture`: nothing that was acknowledged is lost, and nothing is half-written."""

import pytest

from servers.problems import FetchFailed, MissingTool
from tests import needs
from tests.torture.backends import opened
from tests.torture.rounds import Torture, Victim

pytestmark = pytest.mark.slow

KILLS: dict[str, dict[Victim, int]] = {
    "oxigraph": {"client": 15},
    "neo4j": {"client": 4, "server": 2},
    "fuseki": {"client": 4, "server": 3},
}


@pytest.mark.parametrize("name", KILLS)
def test_whoever_is_killed_nothing_is_lost_and_nothing_is_half(name: str) -> None:
    try:
        with opened(name) as backend:
            for victim, kills in KILLS[name].items():
                tally = Torture(backend, victim, seed=7).run(kills, unkilled_steps=8)
                assert tally.wrong == []
                assert tally.kills == kills
                assert tally.acknowledged >= 8
                assert sum(tally.outcomes.values()) <= kills + 1
                assert set(tally.outcomes) <= {"kept", "left out"}
                backend.empty()
    except (MissingTool, FetchFailed) as problem:
        needs.missing(str(problem))
