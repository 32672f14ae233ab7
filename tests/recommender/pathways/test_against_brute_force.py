"""The solver and brute force over every plan agree: on the plan, its value and the status."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from recommender.pathways.problem import Problem
from recommender.pathways.semantics import value
from recommender.pathways.solver import solve
from tests.recommender.pathways.worlds import AIMS, best_of, problems, valid_plans

pytestmark = pytest.mark.slow


@settings(
    max_examples=1000,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(problems())
def test_the_solver_finds_the_best_of_all_plans(problem: Problem) -> None:
    plans = valid_plans(problem)
    for aim in AIMS:
        asked = replace(problem, aim=aim)
        best = best_of(plans, problem, aim)
        solution = solve(asked)
        if best is None:
            assert (solution.status, solution.plan.steps) == ("infeasible", ())
        else:
            assert solution.plan == best, asked
            assert solution.value == solution.bound == value(best, asked)
            assert solution.status == "optimal"
