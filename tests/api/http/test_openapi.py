from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.http.app import build_app
from tests.api.worlds import baking

APP = build_app(baking())
OPENAPI: dict[str, Any] = APP.openapi()
schema = schemathesis.openapi.from_dict(OPENAPI)
schema.app = APP
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@schema.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_the_answer_keeps_the_description(case: Case) -> None:
    case.call_and_validate(checks=list(CHECKS))


def test_every_call_has_a_short_name_and_every_parameter_a_meaning() -> None:
    calls = {path: call for path, methods in OPENAPI["paths"].items() for call in methods.values()}
    assert sorted(call["operationId"] for call in calls.values()) == [
        "competencies",
        "competency",
        "coverage",
        "credential",
        "credentials",
        "find",
        "gap",
        "healthz",
        "next",
        "provider",
        "providers",
        "role",
        "roles",
        "sources",
    ]
    given = [
        (path, p["name"], p.get("description")) for path, call in calls.items() for p in call.get("parameters", ())
    ]
    assert [(path, name) for path, name, meaning in given if not meaning] == []


@pytest.mark.parametrize("name", ["HTTPValidationError", "ValidationError"])
def test_errors_are_described_as_problems(name: str) -> None:
    assert name not in OPENAPI["components"]["schemas"]
    assert f"#/components/schemas/{name}" not in str(OPENAPI["paths"])
