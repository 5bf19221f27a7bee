"""The API keeps what its description promises, whatever it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits

from dragoman.coding.coder import Coder
from dragoman.web.app import Settings, create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytestmark = [
    pytest.mark.pipeline,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
HOST = {"host": "127.0.0.1"}
OPERATIONS = (
    "GET /api/documents", "GET /api/document", "GET /api/events", "GET /api/event", "GET /api/events.jsonl",
    "GET /api/events.csv", "GET /api/counts", "GET /api/attributions", "GET /api/stories",
    "GET /api/entries", "GET /api/search", "GET /api/suggest", "GET /api/views/{name}",
    "GET /api/dyads/series", "GET /api/network", "POST /api/code",
)  # fmt: skip


@pytest.fixture(scope="module")
def operations(settings: Settings, coder: Coder) -> dict[str, Any]:
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", create_app(settings, coder=coder), headers=HOST
    )
    found = (result.ok() for result in schema.get_all_operations())
    return {operation.label: operation for operation in found}


def test_all_operations_are_tried(operations: dict[str, Any]) -> None:
    assert set(operations) == set(OPERATIONS)


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        inner = set().union(*(references(value) for value in part.values()), set())
        return inner | ({part["$ref"]} if isinstance(part.get("$ref"), str) else set())
    return set().union(*(references(value) for value in part), set()) if isinstance(part, list) else set()


def test_every_reference_leads_somewhere(settings: Settings, coder: Coder) -> None:
    document = create_app(settings, coder=coder).openapi()
    found = references(document)
    assert "#/components/schemas/Error" in found
    for reference in found:
        part = document
        for name in reference.removeprefix("#/").split("/"):
            assert name in part, reference
            part = part[name]


def test_every_status_is_described(settings: Settings, coder: Coder) -> None:
    document = create_app(settings, coder=coder).openapi()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            described = operation["responses"]
            assert set(described) >= {"200", "400", "403", "404", "413", "421", "422", "429", "500", "503"}, (
                path
            )
            assert described["200"]["content"], path


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_is_described_holds(operations: dict[str, Any], label: str) -> None:
    @given(case=operations[label].as_strategy())
    @limits(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def holds(case: Any) -> None:
        from schemathesis.specs.openapi.checks import positive_data_acceptance

        response = case.call(headers=HOST)
        assert response.status_code < 500, response.text
        # What a cursor or words for a search may be, no schema says: these may be refused.
        case.validate_response(response, excluded_checks=[positive_data_acceptance])

    holds()
